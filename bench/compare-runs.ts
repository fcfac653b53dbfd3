/**
 * Compares training runs by their validations, as in the ablation of docs/ablation.md: prints a table and draws a chart.
 *
 *     node scripts/run.mjs bench/compare-runs.ts chart.svg "T = 1=runs/t1" "T = 4=runs/t4"
 *
 * What stands before the last `=` is what the run is called.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lineChart } from '../packages/training/src/report/line-chart';
import type { ValidationRecord } from '../packages/training/src/report/run-records';

const [chart, ...named] = process.argv.slice(2);
if (chart === undefined || named.length === 0) throw new TypeError('name a chart and runs: <name>=<folder>');

const runs = await Promise.all(
  named.map(async (argument) => {
    const split = argument.lastIndexOf('=');
    const validations = await readValidations(argument.slice(split + 1));
    return { name: argument.slice(0, split), validations };
  }),
);
console.log('| run | iterations | PSNR |\n| --- | --- | --- |');
for (const { name, validations } of runs) {
  const last = validations.at(-1);
  console.log(`| ${name} | ${last?.iteration} | ${last?.psnr.toFixed(2)} dB |`);
}
const lines = runs.map(({ name, validations }) => ({
  name,
  points: validations.map(({ iteration, psnr }) => ({ x: iteration, y: psnr })),
}));
const style = '<style>text{font:12px sans-serif}.title{font-weight:bold}.grid{stroke:#ddd}</style>';
const drawing = lineChart({ title: 'PSNR, dB, over iterations', lines });
await writeFile(
  chart,
  drawing.replace(
    /^<svg ([^>]*)>/,
    `<svg xmlns="http://www.w3.org/2000/svg" $1>${style}<rect width="100%" height="100%" fill="#fff"/>`,
  ),
);

async function readValidations(folder: string): Promise<readonly ValidationRecord[]> {
  const lines = (await readFile(join(folder, 'metrics.jsonl'), 'utf8')).trim().split('\n');
  return lines.map((line): unknown => JSON.parse(line)).filter(isValidation);
}

function isValidation(record: unknown): record is ValidationRecord {
  return typeof record === 'object' && record !== null && 'kind' in record && record.kind === 'validation';
}
