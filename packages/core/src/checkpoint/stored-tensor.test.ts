import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../errors/checkpoint-error';
import { bytesSource } from './bytes-source';
import { createStoredTensor, type StoredTensorOptions } from './stored-tensor';
import { countingSource } from './testing/counting-source';

const numbers = Float32Array.from({ length: 12 }, (_, index) => index);

function stored(options: Partial<StoredTensorOptions>) {
  const source = countingSource(bytesSource('a.pth', new Uint8Array(numbers.buffer)));
  const geometry = { shape: [12], strides: [1], offset: 0 };
  const storage = { byteLength: source.size, read: source.read };
  const defaults = {
    subject: 'a.pth',
    name: 'w',
    dtype: 'f32',
    geometry,
    storage,
    maxElements: 100,
  } as const;
  return { tensor: createStoredTensor({ ...defaults, ...options }), source };
}

describe('createStoredTensor', () => {
  it('reads nothing before it is loaded, then only its stretch', async () => {
    const { tensor, source } = stored({ geometry: { shape: [2, 2], strides: [4, 2], offset: 3 } });
    expect(source.asked.total).toBe(0);
    expect([...(await tensor.load())]).toEqual([3, 5, 7, 9]);
    expect(source.asked.total).toBe(7 * 4);
    expect(await tensor.loadBytes()).toEqual(new Uint8Array(Float32Array.of(3, 5, 7, 9).buffer));
  });

  it('reads nothing for a tensor without values, wherever it claims to be', async () => {
    const { tensor, source } = stored({ geometry: { shape: [2, 0], strides: [9, 9], offset: 1e12 } });
    expect(await tensor.load()).toHaveLength(0);
    expect(await tensor.loadBytes()).toHaveLength(0);
    expect(source.asked.total).toBe(0);
  });

  it('counts in values of its own type', async () => {
    const geometry = { shape: [3], strides: [1], offset: 21 };
    const { tensor } = stored({ dtype: 'f16', geometry });
    // The upper halves of 10 and 11, around the lower half of 11, which is zero.
    expect(await tensor.loadBytes()).toEqual(new Uint8Array(numbers.buffer).slice(42, 48));
    const shifted = { ...geometry, offset: 22 };
    expect(() => stored({ dtype: 'f16', geometry: shifted })).toThrow(
      'needs 25 values of a storage that has 24',
    );
    expect(() => stored({ dtype: 'f16', geometry: shifted })).toThrow(CheckpointError);
  });
});
