/** `diffirweb-process.ts <weights.pth> <recorded.safetensors> <threads> <onnx or wasm>`: serves passes of this repository. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { serveForwards } from '../../packages/cli/src/bench/serve-forwards';
import { openBenchPage } from './bench-page';
import type { ServedFiles } from './isolated-server';

const [weights = '', recorded = '', threads = '2', backend = 'onnx'] = process.argv.slice(2);

await serveForwards(() =>
  openBenchPage({
    script: 'bench/compare/diffirweb-page.ts',
    recorded,
    threads: Number(threads),
    backend,
    files: { '/weights.pth': () => readFile(weights), ...wasmFiles() },
  }),
);

/** What TensorFlow.js fetches for backend-wasm. */
function wasmFiles(): ServedFiles {
  const folder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
  const name = 'tfjs-backend-wasm-threaded-simd.wasm';
  return { [`/${name}`]: () => readFile(join(folder, name)) };
}
