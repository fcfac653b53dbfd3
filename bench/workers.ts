/**
 * What worker threads gain: seconds that the built command takes for one picture, the threads' start
 * included, and whether the results are the same bytes.
 * `node scripts/run.mjs bench/workers.ts [side] [rounds] [numbers of workers...]`
 * Rounds are interleaved; the fastest of each counts.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OptionError } from '@diffir/core';
import sharp from 'sharp';

const [side = '1024', rounds = '2', ...numbers] = process.argv.slice(2);
const workers = numbers.length > 0 ? numbers : ['0', '1', '2'];
const folder = await mkdtemp(join(tmpdir(), 'diffir-workers-'));
const [input, output] = [join(folder, 'in.png'), join(folder, 'out.png')];

function restore(count: string): number {
  const options = ['--backend', 'wasm', '--workers', count, '--json', '--overwrite'];
  const command = ['packages/cli/bin/diffir.js', 'restore', input, '-o', output, ...options];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
  if (status !== 0) throw new OptionError({ subject: 'diffir restore', problem: stderr });
  return JSON.parse(stdout).seconds;
}

try {
  const photo = sharp('examples/images/blurred.png');
  await photo.resize(Number(side), Number(side), { fit: 'fill' }).toFile(input);
  const fastest = new Map<string, number>();
  const results = new Set<string>();
  for (let round = 0; round < Number(rounds); round++) {
    for (const count of workers) {
      const seconds = restore(count);
      fastest.set(count, Math.min(seconds, fastest.get(count) ?? Number.POSITIVE_INFINITY));
      results.add(
        createHash('sha256')
          .update(await readFile(output))
          .digest('hex'),
      );
    }
  }
  for (const [count, seconds] of fastest) console.log(`${side}×${side}, ${count} workers: ${seconds} s`);
  console.log(results.size === 1 ? 'all results are the same bytes' : 'RESULTS DIFFER');
} finally {
  await rm(folder, { recursive: true });
}
