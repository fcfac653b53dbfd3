import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';

export interface ServeOptions {
  /** Files in memory: URL path (`/entry.js`) to content. */
  readonly files?: ReadonlyMap<string, string | Uint8Array>;
  /** Folders to serve: URL prefix (`/wasm/`) to path. */
  readonly folders?: Readonly<Record<string, string>>;
  /** Whether pages are cross-origin isolated, which threads need. Default: false. */
  readonly isolated?: boolean;
  /** Answers a request itself and returns true, or leaves it alone. */
  readonly respond?: (path: string, response: ServerResponse) => boolean;
  /** What a folder's file becomes on its way. */
  readonly change?: (path: string, bytes: Buffer) => Uint8Array;
}

export interface TestServer {
  /** Ends in a slash. */
  readonly address: string;
  /** Paths that were asked for, in order. */
  readonly requests: readonly string[];
  close(): void;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.mjs': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** Serves files on 127.0.0.1. */
export async function serve(options: ServeOptions): Promise<TestServer> {
  const requests: string[] = [];
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    requests.push(path);
    for (const [name, value] of Object.entries(options.isolated === true ? isolation : {})) {
      response.setHeader(name, value);
    }
    if (options.respond?.(path, response)) return;
    const file = path.endsWith('/') ? `${path}index.html` : path;
    const body = options.files?.get(file) ?? (await fileOf(file, options));
    response.writeHead(body === undefined ? 404 : 200, {
      'Content-Type': contentTypes[extname(file)] ?? 'application/octet-stream',
      ...(body !== undefined && { 'Content-Length': Buffer.byteLength(body) }),
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the test server is not listening');
  return {
    address: `http://127.0.0.1:${address.port}/`,
    requests,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function fileOf(
  path: string,
  { folders = {}, change = (_, bytes) => bytes }: ServeOptions,
): Promise<Uint8Array | undefined> {
  const served = Object.entries(folders).find(([prefix]) => path.startsWith(prefix));
  if (served === undefined) return undefined;
  const [prefix, folder] = served;
  const file = join(folder, normalize(path.slice(prefix.length)));
  return existsSync(file) && statSync(file).isFile() ? change(path, await readFile(file)) : undefined;
}
