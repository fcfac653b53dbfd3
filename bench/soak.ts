/**
 * Restores many picture files in one process and watches what stays: memory, tensors, threads.
 *
 *     node scripts/run.mjs bench/soak.ts [--pictures 500] [--side 24] [--every 50]
 *
 * Prints a line of JSON before, after every 50 pictures, and after the restorer is disposed: `pictures`,
 * `residentMiB` (after a garbage collection, where node was started with --expose-gc), `tensors`, `threads`.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRandomSource } from '@diffir/core';
import { memory } from '@tensorflow/tfjs';
import { createRestorer } from 'diffir';
import sharp from 'sharp';

const { values } = parseArgs({
  options: {
    pictures: { type: 'string', default: '500' },
    side: { type: 'string', default: '24' },
    every: { type: 'string', default: '50' },
  },
});
const side = Number(values.side);
const random = createRandomSource(1);

/** Files of different sizes, as photos are: a few, restored again and again. */
async function writePictures(folder: string): Promise<readonly string[]> {
  const inputs = Array.from({ length: 7 }, (_, index) => join(folder, `in-${index}.png`));
  await Promise.all(
    inputs.map((input, index) => {
      const [width, height] = [side - index, side - ((3 * index) % 7)];
      const data = Uint8Array.from({ length: width * height * 3 }, () => Math.floor(256 * random()));
      return sharp(data, { raw: { width, height, channels: 3 } }).toFile(input);
    }),
  );
  return inputs;
}

async function report(pictures: number): Promise<void> {
  globalThis.gc?.();
  const residentMiB = Math.round(process.memoryUsage().rss / 2 ** 20);
  const threads = await readdir('/proc/self/task').then(
    (tasks) => tasks.length,
    () => undefined,
  );
  console.log(JSON.stringify({ pictures, residentMiB, tensors: memory().numTensors, threads }));
}

const folder = await mkdtemp(join(tmpdir(), 'diffir-soak-'));
try {
  const inputs = await writePictures(folder);
  const [first = ''] = inputs;
  await report(0);
  const model = 'packages/models/weights/deblur-small.safetensors';
  const restorer = await createRestorer({ model, backend: 'wasm' });
  for (let count = 1; count <= Number(values.pictures); count++) {
    const input = inputs[count % inputs.length] ?? first;
    await restorer.restoreFile(input, join(folder, 'out.png'), { overwrite: true });
    if (count % Number(values.every) === 0) await report(count);
  }
  await restorer.dispose();
  await report(Number(values.pictures));
} finally {
  await rm(folder, { recursive: true });
}
