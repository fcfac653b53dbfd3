import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { PassServer } from '../../packages/cli/src/bench/serve-forwards';
import { findChromium } from '../../tools/browser';
import { type ServedFiles, serveIsolated } from './isolated-server';
import { type RecordedTensor, readRecorded } from './setting';

/** What a page's `prepare` is told; the values are at `/input` and `/noise`. */
export interface PagePreparation {
  readonly threads: number;
  /** Of this repository, where that is what the script runs. */
  readonly backend?: string;
  readonly shapes: { readonly input: readonly number[]; readonly noise: readonly number[] };
}

export interface BenchPageOptions {
  /** Its script: exports `prepare(preparation: PagePreparation)`, which ends by `offerPasses`. */
  readonly script: string;
  readonly recorded: string;
  readonly threads: number;
  /** Of this repository, where that is what the script runs. */
  readonly backend?: string;
  /** Files that the script fetches. */
  readonly files: ServedFiles;
}

/** Opens a page in headless Chromium that serves passes in WebAssembly. */
export async function openBenchPage({
  script,
  recorded,
  threads,
  backend,
  files,
}: BenchPageOptions): Promise<PassServer> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new RangeError('no Chromium on the PATH');
  const { input, noise } = await readRecorded(recorded, ['input', 'noise']);
  const bundle = await bundlePage(script);
  const server = await serveIsolated({
    ...files,
    '/page.mjs': async () => bundle,
    '/input': async () => bytesOf(input),
    '/noise': async () => bytesOf(noise),
    ...runtimeFiles('ort.wasm.min.mjs', 'ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm'),
  });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const page = await browser.newPage();
  await page.goto(server.address);
  const preparation: PagePreparation = {
    threads,
    shapes: { input: input.shape, noise: noise.shape },
    ...(backend !== undefined && { backend }),
  };
  await page.evaluate(`import('/page.mjs').then(({ prepare }) => prepare(${JSON.stringify(preparation)}))`);
  return {
    device: `${backend === 'wasm' ? 'backend-wasm' : 'onnxruntime-web WebAssembly'}, ${threads} threads, Chromium ${browser.version()}`,
    forward: () => pass(page),
    peakBytes: () => peakOfRenderers(browser),
    async end() {
      await browser.close();
      server.close();
    },
  };
}

async function bundlePage(script: string): Promise<Buffer> {
  const { outputFiles } = await build({
    entryPoints: [script],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    conditions: ['@diffir/source', 'browser', 'import'],
    logLevel: 'error',
  });
  return Buffer.from(outputFiles[0]?.contents ?? []);
}

function bytesOf({ values }: RecordedTensor): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}

function runtimeFiles(...names: readonly string[]): ServedFiles {
  const folder = new URL('../onnxruntime-web/dist/', import.meta.url);
  return Object.fromEntries(names.map((name) => [`/${name}`, () => readFile(new URL(name, folder))]));
}

async function pass(page: Page) {
  const seconds = await page.evaluate<number>('runPass()');
  return {
    seconds,
    output: async () => {
      const base64 = await page.evaluate<string>('encodeOutput()');
      const bytes = Buffer.from(base64, 'base64');
      return new Float32Array(Uint8Array.from(bytes).buffer);
    },
  };
}

async function peakOfRenderers(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const renderers = processInfo.filter(({ type }) => type === 'renderer');
  return Math.max(...(await Promise.all(renderers.map(({ id }) => peakOf(id)))));
}

/** Linux only: the most a process has had resident. */
async function peakOf(id: number): Promise<number> {
  const status = await readFile(`/proc/${id}/status`, 'utf8');
  return 1024 * Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1]);
}
