import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type ServeOptions, serve } from './test-server';

export interface BrowserPageOptions extends Omit<ServeOptions, 'files'> {
  /**
   * TypeScript of a module whose exported functions return or resolve to plain data. It is bundled with what
   * it imports; relative paths start at the repository's root.
   */
  readonly source: string;
  /** TypeScript of more modules by the names they are served under: `worker` is `/worker.js`. */
  readonly modules?: Readonly<Record<string, string>>;
}

/** A page in headless Chromium, served from 127.0.0.1. */
export interface BrowserPage {
  readonly page: Page;
  readonly browser: Browser;
  /** What the page wrote to its console. */
  readonly console: readonly string[];
  /** Paths that the page asked the server for. */
  readonly requests: readonly string[];
  /** Calls a function that the source exports; the argument goes by way of JSON. Rejects when it throws. */
  call<Result>(name: string, argument?: unknown): Promise<Result>;
  close(): Promise<void>;
}

export interface BrowserRunOptions extends BrowserPageOptions {
  /** Handed to the function `run`, by way of JSON. */
  readonly argument?: unknown;
}

/** What `run` of the source returned, and what the page wrote to its console. */
export interface BrowserRun<Result> {
  readonly result: Result;
  readonly console: readonly string[];
}

const root = fileURLToPath(new URL('..', import.meta.url));

const executables = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** Without a GPU: WebGPU on SwiftShader. Without a network: nothing but the page is asked for. */
export const chromiumFlags = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The Chromium or Chrome on the PATH, if any. */
export function findChromium(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return executables
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((file) => existsSync(file));
}

/** Opens headless Chromium. */
export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('no Chromium on the PATH');
  return chromium.launch({ executablePath, args: chromiumFlags });
}

/**
 * Runs the function `run` of a TypeScript module in headless Chromium, with the packages' sources bundled in
 * as for a browser. Rejects when the code in the page throws.
 */
export async function runInBrowser<Result>(options: BrowserRunOptions): Promise<BrowserRun<Result>> {
  const opened = await openBrowserPage(options);
  try {
    const result = await opened.call<Result>('run', options.argument);
    return { result, console: opened.console };
  } finally {
    await opened.close();
  }
}

/** Opens a page that has a TypeScript module at hand; see `BrowserPage.call`. It must be closed. */
export async function openBrowserPage({
  source,
  modules = {},
  ...options
}: BrowserPageOptions): Promise<BrowserPage> {
  const files = await bundle({ entry: source, ...modules });
  files.set('/index.html', '<!doctype html><title>test</title><link rel="icon" href="data:,">');
  const server = await serve({ ...options, files });
  const browser = await launchChromium();
  const page = await browser.newPage();
  const console: string[] = [];
  page.on('console', (message) => console.push(`${message.type()}: ${message.text()}`));
  await page.goto(server.address);
  return {
    page,
    browser,
    console,
    requests: server.requests,
    call: (name, argument = null) =>
      page.evaluate(`import("/entry.js").then((entry) => entry.${name}(${JSON.stringify(argument)}))`),
    async close() {
      await browser.close();
      server.close();
    },
  };
}

/** Modules in memory, bundled with what they import and sharing it: URL path to code. */
async function bundle(modules: Readonly<Record<string, string>>): Promise<Map<string, string>> {
  const { outputFiles } = await build({
    entryPoints: Object.fromEntries(Object.keys(modules).map((name) => [name, `memory:${name}`])),
    plugins: [fromMemory(modules)],
    outdir: '/',
    bundle: true,
    splitting: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    conditions: ['browser', '@diffir/source'],
    logLevel: 'error',
  });
  return new Map(outputFiles.map(({ path, text }) => [path, text]));
}

function fromMemory(modules: Readonly<Record<string, string>>): Plugin {
  return {
    name: 'memory',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^memory:/ }, ({ path }) => ({
        namespace: 'memory',
        path: path.slice('memory:'.length),
      }));
      onLoad({ filter: /.*/, namespace: 'memory' }, ({ path }) => ({
        contents: modules[path] ?? '',
        loader: 'ts',
        resolveDir: root,
      }));
    },
  };
}
