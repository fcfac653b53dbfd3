import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { delimiter, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Browser, chromium } from 'playwright-core';

export interface BrowserRunOptions {
  /**
   * TypeScript of a module that exports `run(argument)`, which returns or resolves to plain data. It is
   * bundled with what it imports; relative paths start at the repository's root.
   */
  readonly source: string;
  /** Handed to `run`, by way of JSON. */
  readonly argument?: unknown;
  /** Folders to serve: URL prefix (`/wasm/`) to path. */
  readonly folders?: Readonly<Record<string, string>>;
  /** Whether the page is cross-origin isolated, which threads need. Default: false. */
  readonly isolated?: boolean;
}

/** What `run` of the entry returned, and what the page wrote to its console. */
export interface BrowserRun<Result> {
  readonly result: Result;
  readonly console: readonly string[];
}

const root = fileURLToPath(new URL('..', import.meta.url));

const executables = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** Without a GPU: WebGPU on SwiftShader. Without a network: nothing but the page is asked for. */
const chromiumFlags = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** The Chromium or Chrome on the PATH, if any. */
export function findChromium(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return executables
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((file) => existsSync(file));
}

/**
 * Runs TypeScript in headless Chromium, on a page served from 127.0.0.1, with the packages' sources bundled
 * in as for a browser. Rejects when the code in the page throws.
 */
export async function runInBrowser<Result>(options: BrowserRunOptions): Promise<BrowserRun<Result>> {
  const script = await bundle(options.source);
  const server = await serve(script, options);
  try {
    const browser = await chromium.launch({ executablePath: requireChromium(), args: chromiumFlags });
    try {
      return await openPage<Result>(browser, addressOf(server), options.argument);
    } finally {
      await browser.close();
    }
  } finally {
    server.close();
  }
}

async function openPage<Result>(
  browser: Browser,
  address: string,
  argument: unknown = null,
): Promise<BrowserRun<Result>> {
  const page = await browser.newPage();
  const console: string[] = [];
  page.on('console', (message) => console.push(`${message.type()}: ${message.text()}`));
  await page.goto(address);
  const result = await page.evaluate<Result>(
    `import("/entry.js").then((entry) => entry.run(${JSON.stringify(argument)}))`,
  );
  return { result, console };
}

async function bundle(source: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: source, loader: 'ts', resolveDir: root },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    conditions: ['browser', '@diffir/source'],
    logLevel: 'error',
  });
  return outputFiles.map((file) => file.text).join('');
}

async function serve(script: string, { folders = {}, isolated = false }: BrowserRunOptions): Promise<Server> {
  const isolation = {
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
  };
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const body = await bodyOf(path, script, folders);
    const type = contentTypes[path === '/' ? '.html' : extname(path)] ?? 'application/octet-stream';
    response.writeHead(body === undefined ? 404 : 200, {
      'Content-Type': type,
      ...(isolated ? isolation : {}),
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return server;
}

async function bodyOf(
  path: string,
  script: string,
  folders: Readonly<Record<string, string>>,
): Promise<string | Buffer | undefined> {
  if (path === '/') return '<!doctype html><title>test</title><link rel="icon" href="data:,">';
  if (path === '/entry.js') return script;
  const served = Object.entries(folders).find(([prefix]) => path.startsWith(prefix));
  if (served === undefined) return undefined;
  const [prefix, folder] = served;
  const file = join(folder, normalize(path.slice(prefix.length)));
  return existsSync(file) ? readFile(file) : undefined;
}

function addressOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the test server is not listening');
  return `http://127.0.0.1:${address.port}/`;
}

function requireChromium(): string {
  const executable = findChromium();
  if (executable === undefined) throw new Error('no Chromium on the PATH');
  return executable;
}
