/** `ortweb-process.ts <file.onnx> <recorded.safetensors> <threads>`: serves passes of onnxruntime-web. */
import { readFile } from 'node:fs/promises';
import { serveForwards } from '../../packages/cli/src/bench/serve-forwards';
import { openBenchPage } from './bench-page';

const [file = '', recorded = '', threads = '2'] = process.argv.slice(2);

await serveForwards(() =>
  openBenchPage({
    script: 'bench/compare/ortweb-page.ts',
    recorded,
    threads: Number(threads),
    files: { '/model.onnx': () => readFile(file) },
  }),
);
