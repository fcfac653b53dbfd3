import { tensor4d } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { startCpu } from '../testing/cpu';
import { maxPoolCeil, maxPoolFloor } from './max-pool';

beforeAll(startCpu);

describe('max pooling of 3 at stride 2', () => {
  const pooled = (stage: typeof maxPoolCeil, length: number) => {
    const row = tensor4d(
      Array.from({ length: 3 * length }, (_, index) => index % length),
      [1, 3, length, 1],
    );
    return Array.from(stage(3, 2)(row).dataSync());
  };

  it.each([
    [5, [2, 4]],
    [6, [2, 4]],
    [7, [2, 4, 6]],
  ])('takes whole windows of %i columns', (length, expected) => {
    expect(pooled(maxPoolFloor, length)).toEqual(expected);
  });

  it.each([
    [5, [2, 4]],
    [6, [2, 4, 5]],
    [7, [2, 4, 6]],
  ])('lets the last window hang over %i columns with ceil_mode', (length, expected) => {
    expect(pooled(maxPoolCeil, length)).toEqual(expected);
  });
});
