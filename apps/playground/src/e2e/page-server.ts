import { extname } from 'node:path';
import { serve } from '../../../../tools/test-server';
import { builtPage } from './built-page';

export interface PageServer {
  /** Address of the page, which lies under a path of its own. */
  readonly url: string;
  /** Serves these bytes under a name beside the page; its address comes back. */
  offer(name: string, bytes: Uint8Array): string;
  /** Serves files of some extension as this makes them. Without a function, as they are. */
  tamper(extension: string, change?: (bytes: Buffer) => Uint8Array): void;
  close(): void;
}

/** Where the page lies on its server. */
const PATH = '/some/where/';

/** Serves the built page as static files under a sub-path, and nothing else. */
export async function servePage(folder = builtPage()): Promise<PageServer> {
  const offered = new Map<string, Uint8Array>();
  const changes = new Map<string, (bytes: Buffer) => Uint8Array>();
  const server = await serve({
    files: offered,
    folders: { [PATH]: folder },
    change: (path, bytes) => changes.get(extname(path))?.(bytes) ?? bytes,
  });
  const url = new URL(PATH, server.address).href;
  return {
    url,
    offer(name, bytes) {
      offered.set(PATH + name, bytes);
      return url + name;
    },
    tamper(extension, change) {
      if (change === undefined) changes.delete(extension);
      else changes.set(extension, change);
    },
    close: server.close,
  };
}
