import { createServer } from 'node:http';
import { extname } from 'node:path';

/** A page's files by path; each is read when it is asked for. */
export type ServedFiles = Readonly<Record<string, () => Promise<Buffer>>>;

const contentTypes: Readonly<Record<string, string>> = {
  '': 'text/html',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** Serves an empty page at `/`, cross-origin isolated as threads need it, and files beside it. */
export async function serveIsolated(files: ServedFiles): Promise<{ address: string; close(): void }> {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const body = path === '/' ? Buffer.from('<!doctype html><title>bench</title>') : await files[path]?.();
    response.writeHead(body === undefined ? 404 : 200, {
      'Content-Type': contentTypes[extname(path)] ?? 'application/octet-stream',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { address: `http://127.0.0.1:${port}/`, close: () => server.close() };
}
