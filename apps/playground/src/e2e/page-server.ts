import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
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

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
};

/** Where the page lies on its server. */
const PATH = '/some/where/';

/** Serves the built page as static files under a sub-path, and nothing else. */
export async function servePage(folder = builtPage()): Promise<PageServer> {
  const offered = new Map<string, Uint8Array>();
  const changes = new Map<string, (bytes: Buffer) => Uint8Array>();

  async function bytesOf(path: string): Promise<Uint8Array | undefined> {
    if (!path.startsWith(PATH)) return undefined;
    const name = decodeURIComponent(path.slice(PATH.length)) || 'index.html';
    const file = join(folder, normalize(name));
    if (!existsSync(file)) return offered.get(name);
    const bytes = await readFile(file);
    return changes.get(extname(name))?.(bytes) ?? bytes;
  }

  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const bytes = await bytesOf(pathname);
    const type = types[extname(pathname) || '.html'] ?? 'application/octet-stream';
    response.writeHead(bytes === undefined ? 404 : 200, {
      'Content-Type': type,
      ...(bytes && { 'Content-Length': bytes.length }),
    });
    response.end(bytes);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the test server is not listening');
  const url = `http://127.0.0.1:${address.port}${PATH}`;
  return {
    url,
    offer(name, bytes) {
      offered.set(name, bytes);
      return url + name;
    },
    tamper(extension, change) {
      if (change === undefined) changes.delete(extension);
      else changes.set(extension, change);
    },
    close: () => server.close(),
  };
}
