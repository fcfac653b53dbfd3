import {
  add,
  mean,
  memory,
  mul,
  setBackend,
  slice,
  type Tensor2D,
  type Tensor4D,
  tidy,
} from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { linearSchedule } from '../diffusion/schedule';
import { OptionError } from '../errors/option-error';
import { OutOfMemoryError } from '../errors/out-of-memory-error';
import type { Image } from '../image/image';
import { nearestUpsample } from '../ops/nearest-upsample';
import { identitySetup } from '../testing/restoration-setup';
import { restoreImage } from './restore-image';

beforeAll(() => setBackend('cpu'));

function picture(width: number, height: number, sample: (x: number, y: number, c: number) => number): Image {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) data[(y * width + x) * 3 + c] = sample(x, y, c);
    }
  }
  return { data, width, height, channels: 3 };
}

const noisy = (width: number, height: number) =>
  picture(width, height, (x, y, c) => (x * 73 + y * 151 + c * 37) % 256);
const tiles = { tile: 32, overlap: 8 };

describe('tiles', () => {
  it.each([
    ['one constant', picture(100, 70, () => 137)],
    ['a gradient', picture(100, 70, (x, y) => x + y)],
    ['noise', noisy(100, 70)],
    ['a narrow strip', noisy(500, 3)],
    ['a single pixel', noisy(1, 1)],
  ])('leave %s as it is through an identity network', async (_, image) => {
    expect(await restoreImage(identitySetup(), image, tiles)).toEqual(image);
  });

  it('are all of one shape, and no larger than asked', async () => {
    const shapes = new Set<string>();
    const setup = identitySetup((input) => {
      shapes.add(input.shape.join());
      return input.clone();
    });
    await restoreImage(setup, noisy(100, 70), tiles);
    expect([...shapes]).toEqual(['1,32,32,3']);
  });

  it('land where they belong when the network enlarges', async () => {
    const setup = identitySetup((input) => nearestUpsample(input, 2), { scale: 2 });
    const tiled = await restoreImage(setup, noisy(70, 50), tiles);
    const whole = await restoreImage(setup, noisy(70, 50), { tile: 0 });
    expect(tiled).toEqual(whole);
  });

  it('fade into each other: two tiles that disagree leave no step', async () => {
    // Every tile comes out in its own brightness.
    let count = 0;
    const setup = identitySetup((input) => tidy(() => add(mul(input, 0), 0.2 * (1 + (count++ % 2)))));
    const { data } = await restoreImage(setup, noisy(56, 24), { tile: 32, overlap: 8 });
    const row = Array.from({ length: 56 }, (_, x) => data[x * 3] ?? 0);
    const steps = row.slice(1).map((value, x) => Math.abs(value - (row[x] ?? 0)));
    expect(row[0]).toBe(51);
    expect(row[55]).toBe(102);
    // The whole difference of 51 levels over a ramp of 4 pixels, by a smooth step.
    expect(Math.max(...steps)).toBeLessThanOrEqual(20);
  });

  it('share one IPR, estimated over the whole picture exactly', async () => {
    const iprs: number[] = [];
    const features = (input: Tensor4D): Tensor4D => slice(input, [0, 0, 0, 0], [-1, -1, -1, 1]);
    const finish = (average: Tensor2D): Tensor2D => average.clone();
    const setup = identitySetup((input, ipr) => {
      iprs.push(ipr?.dataSync()[0] ?? Number.NaN);
      return input.clone();
    });
    const prior = {
      encoder: {
        size: 1,
        encode: (input: Tensor4D): Tensor2D => finish(mean(features(input), [1, 2])),
        pieces: { cell: 1, radius: 2, features, finish },
      },
      denoiser: { predictStart: (condition: Tensor2D): Tensor2D => condition.clone() },
      schedule: linearSchedule({ timesteps: 1 }),
    };
    const network = { ...setup.network, prior };
    await restoreImage({ ...setup, network }, noisy(96, 64), tiles);
    await restoreImage({ ...setup, network }, noisy(96, 64), { tile: 0 });
    const whole = iprs.at(-1) ?? Number.NaN;
    expect(iprs.length).toBeGreaterThan(6);
    for (const ipr of iprs) expect(ipr).toBeCloseTo(whole, 6);
  });

  it('are split when memory runs out, and the work goes on', async () => {
    const before = memory().numTensors;
    const sizes: number[] = [];
    const setup = identitySetup((input) => {
      sizes.push(input.shape[1]);
      if (input.shape[1] > 24) throw new OutOfMemoryError({ problem: 'too large' });
      return input.clone();
    });
    const image = noisy(100, 90);
    expect(await restoreImage(setup, image, { tile: 64, overlap: 8 })).toEqual(image);
    // Learned once: later tiles are not tried at the size that failed.
    expect(sizes.filter((size) => size > 24).length).toBeLessThanOrEqual(2);
    expect(memory().numTensors).toBe(before);
  });

  it('give up when even the smallest does not fit', async () => {
    const setup = identitySetup(() => {
      throw new OutOfMemoryError({ problem: 'too large' });
    });
    await expect(restoreImage(setup, noisy(40, 40), tiles)).rejects.toThrow(OutOfMemoryError);
  });

  it('stop at an abort, freeing everything', async () => {
    const before = memory().numTensors;
    const controller = new AbortController();
    let count = 0;
    const setup = identitySetup((input) => {
      if (++count === 3) controller.abort();
      return input.clone();
    });
    const restoring = restoreImage(setup, noisy(200, 200), { ...tiles, signal: controller.signal });
    await expect(restoring).rejects.toThrow('aborted');
    expect(count).toBe(3);
    expect(memory().numTensors).toBe(before);
  });

  it('report pixels as they are done', async () => {
    const seen: number[] = [];
    const onProgress = ({ pixelsDone }: { pixelsDone: number }) => seen.push(pixelsDone);
    await restoreImage(identitySetup(), noisy(56, 56), { ...tiles, onProgress });
    expect(seen).toEqual([0, 784, 1568, 2352, 3136]);
  });

  it.each([
    // 90 % of 10 MB at 1000 bytes a pixel is a side of 94; at 400 of 150, where kernels fuse.
    { fusesOps: false, least: 48, most: 94 },
    { fusesOps: true, least: 96, most: 150 },
  ])('are made small enough for the memory there is: %j', async ({ fusesOps, least, most }) => {
    const sizes = new Set<number>();
    const watching = identitySetup(
      (input) => {
        sizes.add(input.shape[2]);
        return input.clone();
      },
      { workingBytesPerPixel: 1000, fusedBytesPerPixel: 400 },
    );
    const { backend } = watching;
    const setup = { ...watching, backend: { ...backend, limits: { ...backend.limits, fusesOps } } };
    await restoreImage(setup, noisy(300, 40), { maxMemoryBytes: 1e7 });
    expect(Math.max(...sizes)).toBeLessThanOrEqual(most);
    expect(Math.max(...sizes)).toBeGreaterThan(least);
  });

  it.each([
    [{ tile: 4 }, 'tile 4: is not a whole number of at least 8'],
    [{ tile: 32.5 }, 'tile 32.5'],
    [{ tile: 32, overlap: 16 }, 'overlap 16: takes half or more of tiles of 32'],
  ])('refuse %j', async (options, message) => {
    const restoring = restoreImage(identitySetup(), noisy(100, 100), options);
    await expect(restoring).rejects.toThrow(message);
    await expect(restoring).rejects.toSatisfy((error) => OptionError.isInstance(error));
  });
});
