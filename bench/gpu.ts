/**
 * Times published presets with random weights on a GPU, each contestant in a process of its own, taking turns:
 *
 *     node scripts/run.mjs bench/gpu.ts [--cases preset:HxW,...] [--rounds 5] [--json <file>] [contestants...]
 *
 * Contestants, all by default: `plain` (compositions of TensorFlow.js' kernels), `fused` (backend-webgpu),
 * `fused-f16` (with half precision, where the device has it) and `onnxruntime` (its WebGPU provider). Ratios are
 * against the first, and so are differences. One that fails says why and is left out. `--product <side>` is the size
 * of the matrix product that GFLOP/s are compared with. `--cases trial:16x16 --product 64` shows on an emulated GPU
 * whether all of it runs.
 *
 * `bench/pack-gpu.ts` makes an archive of it for machines with nothing on them; there `--process` says what to start.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Contestant } from '../packages/cli/src/bench/contestant';
import { startProcess } from '../packages/cli/src/bench/process-contestant';
import { type CaseReport, compareOnGpu, reportTable } from './gpu/compare-on-gpu';
import { gpuBackends } from './gpu/gpu-backends';
import { defaultCases, parseCases } from './gpu/gpu-cases';

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cases: { type: 'string', default: defaultCases },
    rounds: { type: 'string', default: '5' },
    product: { type: 'string', default: '4096' },
    json: { type: 'string' },
    process: { type: 'string' },
  },
});
const names = positionals.length > 0 ? positionals : Object.keys(gpuBackends);
const script =
  flags.process === undefined ? ['scripts/run.mjs', 'bench/gpu/gpu-process.ts'] : [flags.process];

function start(name: string, options: readonly string[]): Promise<Contestant> {
  return startProcess({ name, command: process.execPath, arguments: [...script, name, ...options] });
}

const reports: CaseReport[] = [];
for (const gpuCase of parseCases(flags.cases)) {
  const { preset, height, width } = gpuCase;
  const report = await compareOnGpu({
    gpuCase,
    names,
    start: (name) => start(name, [preset, String(height), String(width)]),
    startProduct: () => start('product', [flags.product]),
    productSide: Number(flags.product),
    rounds: Number(flags.rounds),
    onProgress: (line) => console.error(line),
  });
  reports.push(report);
  console.log(reportTable(report));
  // After each case: a machine that is rented may go away.
  if (flags.json !== undefined) await writeFile(flags.json, `${JSON.stringify(reports, null, 2)}\n`);
}
