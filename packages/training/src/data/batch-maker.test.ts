import type { Image } from '@diffir/core';
import { cameraShakeDegradation } from '@diffir/tasks';
import { describe, expect, it } from 'vitest';
import { createBatchMaker } from './batch-maker';
import { planSteps } from './step-plan';

function picture(index: number): Image {
  const data = Uint8Array.from({ length: 3 * 48 * 40 }, (_, sample) => (sample * (index + 7)) % 251);
  return { data, width: 48, height: 40, channels: 3 };
}

function maker(seed = 3) {
  const loaded: number[] = [];
  const make = createBatchMaker({
    seed,
    count: 5,
    plan: planSteps(
      [
        { iterations: 2, patch: 16, batch: 3 },
        { iterations: 9, patch: 32, batch: 2 },
      ],
      2,
    ),
    accumulation: 2,
    scale: 1,
    margin: 8,
    degradation: cameraShakeDegradation(),
    async load(index) {
      loaded.push(index);
      return { name: `${index}.png`, gt: picture(index) };
    },
  });
  return { make, loaded };
}

describe('batches', () => {
  it('are the same whoever makes them, in whatever order', async () => {
    const [forwards, backwards] = [maker().make, maker().make];
    const expected = [];
    for (let iteration = 0; iteration < 4; iteration++) expected.push(await forwards(iteration));
    for (let iteration = 3; iteration >= 0; iteration--) {
      expect(await backwards(iteration)).toEqual(expected[iteration]);
    }
    expect(await maker(4).make(0)).not.toEqual(expected[0]);
    // Nothing is drawn twice, in one iteration or in two.
    const noise = expected.flat().flatMap((batch) => [...batch.noise]);
    expect(new Set(noise).size).toBe(noise.length);
  });

  it('have the sizes of their phase, and every picture once an epoch', async () => {
    const { make, loaded } = maker();
    const sizes = [];
    for (let iteration = 0; iteration < 3; iteration++) {
      const batches = await make(iteration);
      sizes.push(
        batches.map(({ images, lqSize, lq, noise }) => [images, ...lqSize, lq.length, noise.length]),
      );
    }
    const small = [3, 16, 16, 3 * 16 * 16 * 3, 3 * 256];
    const large = [2, 32, 32, 2 * 32 * 32 * 3, 2 * 256];
    expect(sizes).toEqual([
      [small, small],
      [small, small],
      [large, large],
    ]);
    expect(loaded).toHaveLength(16);
    for (const epoch of [0, 1, 2]) {
      expect([...loaded.slice(5 * epoch, 5 * epoch + 5)].sort()).toEqual([0, 1, 2, 3, 4]);
    }
  });
});
