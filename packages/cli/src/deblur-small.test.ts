import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Image } from '@diffir/core';
import { afterEach, describe, expect, it } from 'vitest';
import { describeShared, sharedPath } from '../../../tools/shared';
import { createRestorer, type Restorer } from './restorer/create-restorer';
import { loadImage } from './restorer/load-image';

const open: Restorer[] = [];

/** A restorer with a model by its name or file. */
async function opened(model: string): Promise<Restorer> {
  const restorer = await createRestorer({ task: 'deblur', model, backend: 'wasm' });
  open.push(restorer);
  return restorer;
}

afterEach(async () => {
  for (const restorer of open.splice(0)) await restorer.dispose();
});

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
    const restored = await (await opened('deblur-small')).restore(blurred);
    expect(psnr(restored, sharp) - psnr(blurred, sharp)).toBeGreaterThanOrEqual(1.5);
  });
});

describeShared('the twenty pairs of the reference model', () => {
  const readLog = async () => JSON.parse(await readFile(sharedPath('weights', 'deblur-small.json'), 'utf8'));

  async function meanPsnr(model: string): Promise<number> {
    const restorer = await opened(model);
    const names = Object.keys((await readLog()).eval.images);
    expect(names).toHaveLength(20);
    const scores: number[] = [];
    for (const name of names) {
      const lq = await loadImage(sharedPath('weights', 'deblur-eval', 'lq', `${name}.png`), name);
      const gt = await loadImage(sharedPath('weights', 'deblur-eval', 'gt', `${name}.png`), name);
      scores.push(psnr(await restorer.restore(lq), gt));
    }
    return scores.reduce((sum, score) => sum + score, 0) / scores.length;
  }

  it('are restored as by the reference implementation with its checkpoint', {
    timeout: 600_000,
  }, async () => {
    const mean = await meanPsnr(sharedPath('weights', 'deblur-small-s2.pth'));
    // The log's figure is of zero noise; other noise moves it by 0.001.
    expect(Math.abs(mean - (await readLog()).eval.psnr_zero_noise)).toBeLessThanOrEqual(0.01);
  });

  it('are restored better by the shipped model', { timeout: 600_000 }, async () => {
    expect(await meanPsnr('deblur-small')).toBeGreaterThan((await readLog()).eval.psnr_zero_noise);
  });
});
