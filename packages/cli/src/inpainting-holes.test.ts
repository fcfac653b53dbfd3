import { wasmBackend } from '@diffir/backend-wasm';
import {
  type Image,
  type LoadedModel,
  loadModel,
  openCheckpoint,
  type RestorationSetup,
  restoreImage,
} from '@diffir/core';
import { modelsPlugin } from '@diffir/models';
import { inpainting } from '@diffir/tasks';
import { all, isFinite as isFiniteEach, tidy } from '@tensorflow/tfjs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeShared, sharedPath } from '../../../tools/shared';
import { openFileSource } from './io/file-source';

const [width, height] = [104, 88];
const tiles = { tile: 64, overlap: 16 } as const;

/** Floats, so that nothing is hidden by rounding. */
const image: Image = {
  data: Float32Array.from({ length: width * height * 3 }, (_, index) => 0.1 + ((index * 37) % 211) / 255),
  width,
  height,
  channels: 3,
};

type Hole = (x: number, y: number) => boolean;

const holes: readonly (readonly [where: string, hole: Hole])[] = [
  ['at the left border', (x, y) => x < 30 && y > 20 && y < 70],
  ['at the bottom right corner', (x, y) => x > 50 && y > 40],
  ['from left to right', (_, y) => y > 30 && y < 60],
  ['along all four borders', (x, y) => x < 12 || y < 12 || x >= width - 12 || y >= height - 12],
  ['over more than half', (x, y) => (x - 52) ** 2 / 50 ** 2 + (y - 44) ** 2 / 42 ** 2 < 1],
  ['of all but a pixel', (x, y) => x !== 50 || y !== 50],
  ['of everything', () => true],
  ['of one pixel in the top left corner', (x, y) => x === 0 && y === 0],
  ['of one pixel in the bottom right corner', (x, y) => x === width - 1 && y === height - 1],
];

function maskOf(hole: Hole): Image {
  const data = Uint8Array.from({ length: width * height }, (_, pixel) =>
    hole(pixel % width, Math.floor(pixel / width)) ? 255 : 0,
  );
  return { data, width, height, channels: 1 };
}

/** The pixels, by number, that did not come out as they were, to the bit. */
function changedPixels({ data }: Image): readonly number[] {
  const changed = new Set<number>();
  data.forEach((value, index) => {
    if (!Object.is(value, image.data[index])) changed.add(Math.floor(index / 3));
  });
  return [...changed];
}

function largestDifference(a: Image, b: Image): number {
  const differences = Array.from(a.data, (value, index) => Math.abs(value - (b.data[index] ?? Number.NaN)));
  return differences.reduce((largest, value) => Math.max(largest, value), 0);
}

describeShared('inpainting a hole', () => {
  let loaded: LoadedModel;
  let setup: RestorationSetup;
  let [finite, requests] = [0, 0];

  beforeAll(async () => {
    const backend = await wasmBackend.start();
    const file = await openFileSource(sharedPath('parity', 'inpainting-tiny', 'lightning.ckpt'));
    const checkpoint = await openCheckpoint(file);
    loaded = await loadModel(modelsPlugin.models ?? [], checkpoint, backend);
    await checkpoint.close();
    const { network } = loaded;
    setup = {
      task: inpainting,
      backend,
      network: {
        ...network,
        // The result hides NaN: it is clamped.
        restore(input, ipr) {
          const output = network.restore(input, ipr);
          requests++;
          finite += tidy(() => all(isFiniteEach(output)).dataSync()[0] ?? 0);
          return output;
        },
      },
    };
  });
  afterAll(() => loaded.dispose());

  it.each(holes)('%s, whole and in tiles', async (_, hole) => {
    const mask = maskOf(hole);
    const holePixels = [...mask.data.keys()].filter((pixel) => mask.data[pixel] === 255);
    [finite, requests] = [0, 0];
    const whole = await restoreImage(setup, image, { mask, tile: 0 });
    const tiled = await restoreImage(setup, image, { mask, ...tiles });
    expect(requests).toBe(1 + 4);
    expect(finite).toBe(requests);
    expect(changedPixels(whole)).toEqual(holePixels);
    expect(changedPixels(tiled)).toEqual(holePixels);
    // Tiles see other statistics and zeros beyond their borders: up to 0.2 levels here, less than rounding.
    expect(255 * largestDifference(tiled, whole)).toBeLessThan(0.5);
  });
});
