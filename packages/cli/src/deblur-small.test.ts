import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Image } from '@diffir/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeShared, sharedPath } from '../../../tools/shared';
import { createRestorer, type Restorer } from './restorer/create-restorer';
import { loadImage } from './restorer/load-image';

let restorer: Restorer;

beforeAll(async () => {
  restorer = await createRestorer({ model: 'deblur-small', backend: 'wasm' });
});

afterAll(() => restorer.dispose());

/** Peak signal-to-noise ratio over all channels, 8 bits, in dB. */
function psnr(a: Image, b: Image): number {
  expect([a.width, a.height, a.channels]).toEqual([b.width, b.height, b.channels]);
  let squares = 0;
  for (let index = 0; index < a.data.length; index++) {
    squares += ((a.data[index] ?? Number.NaN) - (b.data[index] ?? Number.NaN)) ** 2;
  }
  return 10 * Math.log10((255 ** 2 * a.data.length) / squares);
}

describe('the example photo', () => {
  it('comes out at least 1.5 dB closer to the original', async () => {
    const folder = fileURLToPath(new URL('../../../examples/images/', import.meta.url));
    const [blurred, sharp] = [
      await loadImage(`${folder}blurred.png`, 'blurred'),
      await loadImage(`${folder}sharp.png`, 'sharp'),
    ];
    const restored = await restorer.restore(blurred);
    expect(psnr(restored, sharp) - psnr(blurred, sharp)).toBeGreaterThanOrEqual(1.5);
  });
});

describeShared('the shipped model on its evaluation pairs', () => {
  it('scores what the reference implementation scores with it', { timeout: 600_000 }, async () => {
    const log = JSON.parse(await readFile(sharedPath('weights', 'deblur-small.json'), 'utf8'));
    const names = Object.keys(log.eval.images);
    expect(names).toHaveLength(20);
    const scores: number[] = [];
    for (const name of names) {
      const lq = await loadImage(sharedPath('weights', 'deblur-eval', 'lq', `${name}.png`), name);
      const gt = await loadImage(sharedPath('weights', 'deblur-eval', 'gt', `${name}.png`), name);
      scores.push(psnr(await restorer.restore(lq), gt));
    }
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    // The log's figure is of the f32 weights and zero noise; f16 weights and other noise move it by 0.001.
    expect(Math.abs(mean - log.eval.psnr_zero_noise)).toBeLessThanOrEqual(0.05);
  });
});
