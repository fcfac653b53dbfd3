/**
 * Times contestants side by side on one network, each in a process of its own, taking turns:
 *
 *     node scripts/run.mjs bench/compare.ts --preset deblur --peers <folder> [options] <contestants...>
 *
 * Contestants: `ort:<file.onnx>` (onnxruntime-node), `ortweb:<file.onnx>` (onnxruntime-web, WebAssembly in
 * headless Chromium), `torch:<preset>` (PyTorch eager), `diffir:<backend>`, `diffirweb:onnx` (backend-onnx over
 * onnxruntime-web, likewise in Chromium) and `diffirweb:wasm` (backend-wasm there). Ratios are against the first.
 * `--peers` is the folder that bench/peers/export_peers.py wrote. Further options: `--rounds 5`,
 * `--threads 2`, `--json <file>`, and for torch `--python`, `--python-path`, `--checkout <published code>`.
 * The input is the recorded one, and so is the output, which all must reproduce before they are timed.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRegistry } from '@diffir/core';
import type { Contestant } from '../packages/cli/src/bench/contestant';
import { readBlueprint } from '../packages/cli/src/bench/open-network';
import { nodeHost } from '../packages/cli/src/io/node-host';
import { builtinPlugins } from '../packages/cli/src/plugins/builtin-plugins';
import { compare, comparisonTable } from './compare/comparison';
import { startContestant } from './compare/contestant-kinds';
import { startPeak } from './compare/peak';
import { readRecorded, type Setting } from './compare/setting';

const { values: flags, positionals: names } = parseArgs({
  allowPositionals: true,
  options: {
    preset: { type: 'string', default: 'deblur' },
    peers: { type: 'string', default: '.' },
    rounds: { type: 'string', default: '5' },
    threads: { type: 'string', default: '2' },
    json: { type: 'string' },
    python: { type: 'string', default: 'python3' },
    'python-path': { type: 'string' },
    checkout: { type: 'string', default: '' },
  },
});
const setting: Setting = {
  preset: flags.preset,
  weights: join(flags.peers, `${flags.preset}.pth`),
  recorded: join(flags.peers, `${flags.preset}.safetensors`),
  threads: Number(flags.threads),
  python: flags.python,
  checkout: flags.checkout,
  ...(flags['python-path'] !== undefined && { pythonPath: flags['python-path'] }),
};

const { input, output } = await readRecorded(setting.recorded, ['input', 'output']);
const choice = { kind: 'checkpoint', name: setting.weights, location: setting.weights } as const;
const blueprint = await readBlueprint(createRegistry(builtinPlugins), nodeHost(), choice);
const [, , height = 0, width = 0] = input.shape;

const started: Contestant[] = [];
try {
  const peak = await startPeak(setting.threads);
  started.push(peak);
  for (const name of names) started.push(await startContestant(name, setting));
  const report = await compare({
    contestants: started.slice(1),
    peak,
    expected: output.values,
    macs: blueprint.macs(height, width),
    rounds: Number(flags.rounds),
  });
  if (flags.json !== undefined) await writeFile(flags.json, `${JSON.stringify(report, null, 2)}\n`);
  console.log(`${setting.preset}, ${height}×${width}, ${report.machine}, ${setting.threads} threads`);
  console.log(`matrix product: ${report.peakGflops.toFixed(0)} GFLOP/s\n`);
  console.log(comparisonTable(report));
} finally {
  await Promise.all(started.map((contestant) => contestant.end()));
}
