/** `diffirweb-process.ts <weights.pth> <recorded.safetensors> <threads>`: serves passes of this repository. */
import { readFile } from 'node:fs/promises';
import { serveForwards } from '../../packages/cli/src/bench/serve-forwards';
import { openBenchPage } from './bench-page';

const [weights = '', recorded = '', threads = '2'] = process.argv.slice(2);

await serveForwards(() =>
  openBenchPage({
    script: 'bench/compare/diffirweb-page.ts',
    recorded,
    threads: Number(threads),
    files: { '/weights.pth': () => readFile(weights) },
  }),
);
