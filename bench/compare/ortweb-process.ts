/** `ortweb-process.ts <file.onnx> <recorded.safetensors> <threads>`: serves passes of onnxruntime-web. */
import { readFile } from 'node:fs/promises';
import { chromium, type Page } from 'playwright-core';
import { serveForwards } from '../../packages/cli/src/bench/serve-forwards';
import { findChromium } from '../../tools/browser';
import { serveIsolated } from './isolated-server';
import { readRecorded } from './setting';

const [file = '', recorded = '', threads = '2'] = process.argv.slice(2);

await serveForwards(async () => {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new RangeError('no Chromium on the PATH');
  const { input, noise } = await readRecorded(recorded, ['input', 'noise']);
  const server = await serveIsolated({
    '/model.onnx': () => readFile(file),
    '/input': async () => Buffer.from(input.values.buffer),
    '/noise': async () => Buffer.from(noise.values.buffer),
    ...runtimeFiles('ort.wasm.min.mjs', 'ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm'),
  });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const page = await browser.newPage();
  await page.goto(server.address);
  const shapes = { input: input.shape, noise: noise.shape };
  await page.evaluate(prepare, { threads: Number(threads), shapes });
  return {
    device: `onnxruntime-web WebAssembly, ${threads} threads, Chromium ${browser.version()}`,
    forward: () => pass(page),
    peakBytes: async () => {
      const session = await browser.newBrowserCDPSession();
      const { processInfo } = await session.send('SystemInfo.getProcessInfo');
      await session.detach();
      const renderers = processInfo.filter(({ type }) => type === 'renderer');
      return Math.max(...(await Promise.all(renderers.map(({ id }) => peakOf(id)))));
    },
    async end() {
      await browser.close();
      server.close();
    },
  };
});

/** Linux only: the most a process has had resident. */
async function peakOf(id: number): Promise<number> {
  const status = await readFile(`/proc/${id}/status`, 'utf8');
  return 1024 * Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1]);
}

function runtimeFiles(...names: readonly string[]): Record<string, () => Promise<Buffer>> {
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

interface Preparation {
  readonly threads: number;
  readonly shapes: { readonly input: readonly number[]; readonly noise: readonly number[] };
}

/** Runs in the page: loads the network, and leaves `runPass` and `encodeOutput` behind. */
async function prepare({ threads, shapes }: Preparation): Promise<void> {
  if (!crossOriginIsolated) throw new RangeError('the page is not cross-origin isolated');
  const location = '/ort.wasm.min.mjs';
  const ort: typeof import('onnxruntime-web') = await import(location);
  ort.env.wasm.numThreads = threads;
  ort.env.wasm.wasmPaths = '/';
  const session = await ort.InferenceSession.create('/model.onnx', { graphOptimizationLevel: 'all' });
  const tensor = async (name: 'input' | 'noise') => {
    const values = new Float32Array(await (await fetch(`/${name}`)).arrayBuffer());
    return new ort.Tensor('float32', values, shapes[name]);
  };
  const feeds = { input: await tensor('input'), noise: await tensor('noise') };
  let output: Float32Array<ArrayBuffer> | undefined;
  Object.assign(globalThis, {
    async runPass() {
      const start = performance.now();
      const results = await session.run(feeds);
      const data = await results.output?.getData();
      const seconds = (performance.now() - start) / 1000;
      output = data instanceof Float32Array ? Float32Array.from(data) : undefined;
      return seconds;
    },
    encodeOutput: () =>
      new Promise<string>((resolve, reject) => {
        const reader = new FileReader();
        reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
        reader.onerror = () => reject(reader.error);
        reader.readAsDataURL(new Blob(output === undefined ? [] : [output]));
      }),
  });
}
