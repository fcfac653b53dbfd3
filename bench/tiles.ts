/**
 * What tile size and overlap cost and gain: PSNR against the sharp original, and how visible the tile
 * borders are. `node scripts/run.mjs bench/tiles.ts <folder of lq> <folder of gt> [model] [limit]`
 * pairs the images of two folders by name. Prints one line for each tile size and overlap.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Image, planSpans } from '@diffir/core';
import { createRestorer } from 'diffir';
import sharp from 'sharp';

const [
  lqFolder = '',
  gtFolder = '',
  model = 'packages/models/weights/deblur-small.safetensors',
  limit = '100',
] = process.argv.slice(2);
const settings: readonly (readonly [tile: number, overlap: number])[] = [
  [0, 0],
  [64, 8],
  [64, 16],
  [128, 0],
  [128, 16],
  [128, 32],
  [192, 32],
  [256, 0],
  [256, 16],
  [256, 32],
  [256, 64],
  [384, 32],
  [512, 32],
];

async function load(path: string): Promise<Image> {
  const { data, info } = await sharp(path)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: new Uint8Array(data), width: info.width, height: info.height, channels: 3 };
}

function psnr(a: Image, b: Image): number {
  let squares = 0;
  for (let index = 0; index < a.data.length; index++) {
    squares += ((a.data[index] ?? 0) - (b.data[index] ?? 0)) ** 2;
  }
  return 10 * Math.log10((255 ** 2 * a.data.length) / squares);
}

/**
 * How much more two neighbouring columns differ where tiles are blended than elsewhere, in the
 * difference between the tiled and the whole result: 1 = not at all, that is no seams.
 */
function seamRatio(tiled: Image, whole: Image, tile: number, overlap: number): number {
  const spans = planSpans({ length: tiled.width, tile, overlap, multiple: 8 });
  const blended = new Set<number>();
  for (const { start } of spans.slice(1)) {
    for (let x = start; x < start + Math.max(overlap, 2); x++) blended.add(x - (overlap === 0 ? 1 : 0));
  }
  const energy = { blended: 0, elsewhere: 0 };
  const count = { blended: 0, elsewhere: 0 };
  for (let y = 0; y < tiled.height; y++) {
    for (let x = 0; x + 1 < tiled.width; x++) {
      const where = blended.has(x) ? 'blended' : 'elsewhere';
      for (let c = 0; c < 3; c++) {
        const index = (y * tiled.width + x) * 3 + c;
        const here = (tiled.data[index] ?? 0) - (whole.data[index] ?? 0);
        const next = (tiled.data[index + 3] ?? 0) - (whole.data[index + 3] ?? 0);
        energy[where] += (next - here) ** 2;
        count[where]++;
      }
    }
  }
  return energy.blended / count.blended / (energy.elsewhere / count.elsewhere);
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const restorer = await createRestorer({ model, backend: 'wasm' });
const names = (await readdir(gtFolder)).sort().slice(0, Number(limit));
const wholes = new Map<string, Image>();
for (const [tile, overlap] of settings) {
  const scores: number[] = [];
  const seams: number[] = [];
  const start = performance.now();
  for (const name of names) {
    const [lq, gt] = [await load(join(lqFolder, name)), await load(join(gtFolder, name))];
    const result = await restorer.restore(lq, { tile, overlap });
    scores.push(psnr(result, gt));
    const whole = wholes.get(name);
    if (tile === 0) wholes.set(name, result);
    else if (whole !== undefined && tile < lq.width) seams.push(seamRatio(result, whole, tile, overlap));
  }
  const seconds = (performance.now() - start) / 1000 / names.length;
  const seam = seams.length > 0 ? mean(seams).toFixed(2) : '-';
  console.log(
    `tile ${String(tile).padStart(3)} overlap ${String(overlap).padStart(2)}: ` +
      `${mean(scores).toFixed(3)} dB, seams ${seam}, ${seconds.toFixed(2)} s an image`,
  );
}
await restorer.dispose();
