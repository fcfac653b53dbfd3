/**
 * Makes docs/images/tiles.png: the example photo restored whole and in tiles of 128 pixels, without and
 * with overlap; below each its difference from the whole, 16 times enlarged.
 * `node scripts/run.mjs bench/tile-picture.ts`
 */
import type { Image } from '@diffir/core';
import { createRestorer } from 'diffir';
import sharp from 'sharp';

const AMPLIFIED = 16;
const restorer = await createRestorer({
  model: 'packages/models/weights/deblur-small.safetensors',
  backend: 'wasm',
});
const settings = [{ tile: 0 }, { tile: 128, overlap: 0 }, { tile: 128, overlap: 32 }] as const;
const results: Image[] = [];
for (const options of settings) {
  results.push(await restorer.restore('examples/images/blurred.png', options));
}
await restorer.dispose();

const [whole] = results;
if (whole === undefined) throw new Error('nothing was restored');
const { width, height } = whole;
const raw = { width, height, channels: 3 } as const;
const panels = await Promise.all(
  results.flatMap((result, column) => {
    const difference = Uint8Array.from(result.data, (value, index) =>
      Math.min(255, Math.max(0, 128 + AMPLIFIED * (value - (whole.data[index] ?? 0)))),
    );
    return [Uint8Array.from(result.data), difference].map(async (data, row) => ({
      input: await sharp(data, { raw }).png().toBuffer(),
      left: column * width,
      top: row * height,
    }));
  }),
);
await sharp({ create: { width: 3 * width, height: 2 * height, channels: 3, background: 'black' } })
  .composite(panels)
  .png({ palette: true, quality: 90 })
  .toFile('docs/images/tiles.png');
