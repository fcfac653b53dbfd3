import { fileURLToPath } from 'node:url';
import { type Image, planSpans } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { describeShared, sharedPath } from '../../../tools/shared';
import { createRestorer, type Restorer } from './restorer/create-restorer';
import { measureSeams, type Seams } from './testing/seam-metric';

const [width, height] = [112, 96];
const LEVEL = 1 / 255;
/**
 * Mean squared step between neighbours that rounding to 8 bits adds: twice the variance of a rounding error. Trained
 * networks draw a pattern of an eighth of a level on a constant, of which no ratio says anything.
 */
const ROUNDING = LEVEL ** 2 / 6;
const tile = 64;

/** A picture of floats: rounding to levels would hide what is measured. */
function picture(sample: (x: number, y: number, channel: number) => number): Image {
  const data = Float32Array.from({ length: width * height * 3 }, (_, index) => {
    const pixel = Math.floor(index / 3);
    return sample(pixel % width, Math.floor(pixel / width), index % 3);
  });
  return { data, width, height, channels: 3 };
}

const smoothPictures = [
  ['a constant', picture((_x, _y, channel) => 0.6 - 0.15 * channel)],
  ['a gradient', picture((x, y, channel) => 0.2 + (0.4 * x) / width + (0.2 * y) / height + 0.05 * channel)],
] as const;

/** Seams of the picture restored in tiles, whose borders lie where restoring whole leaves it smooth. */
async function seamsOf(restorer: Restorer, image: Image, overlap: number): Promise<Seams> {
  const { scale, sizeMultiple: multiple } = restorer.model;
  const spans = (length: number) =>
    planSpans({ length, tile, overlap, multiple }).map(({ start, size }) => ({
      start: start * scale,
      size: size * scale,
    }));
  return measureSeams({
    tiled: await restorer.restore(image, { tile, overlap }),
    whole: await restorer.restore(image, { tile: 0 }),
    rows: spans(height),
    columns: spans(width),
    noise: ROUNDING,
  });
}

function itHidesBorders(model: string): void {
  it.each(smoothPictures)('%s shows no tile borders', async (_, image) => {
    const restorer = await createRestorer({ model, backend: 'wasm' });
    const blended = await seamsOf(restorer, image, 16);
    const abutting = await seamsOf(restorer, image, 0);
    await restorer.dispose();
    // What rounding to 8 bits does, or, where a network draws a pattern of its own, that pattern's steps.
    const allowed = Math.max(LEVEL / 2, blended.typicalStep);
    expect(blended.largestStep).toBeLessThan(allowed);
    // Up to one part in fifty more: tiles differ a little from the whole inside too.
    expect(blended.edges).toBeLessThan(1.02);
    // The same measure refuses tiles that only touch.
    expect(abutting.largestStep).toBeGreaterThan(allowed);
  });
}

describe('through deblur-small', () => {
  itHidesBorders(fileURLToPath(new URL('../../models/weights/deblur-small.safetensors', import.meta.url)));
});

describeShared('through a network that has learned nothing', () => {
  describe.each(['deblur-tiny', 'realsr-x2-tiny', 'srgan-x4-tiny'])('%s', (name) => {
    itHidesBorders(sharedPath('parity', name, 'stage2.pth'));
  });
});
