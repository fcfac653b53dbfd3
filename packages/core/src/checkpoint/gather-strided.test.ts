import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gatherStrided } from './gather-strided';
import { elementSpan, type TensorGeometry } from './tensor-geometry';
import { elementCount } from './values/stored-types';

/** Index into the storage of each value, straight from the definition of strides. */
function storageIndices({ shape, strides, offset }: TensorGeometry): number[] {
  return Array.from({ length: elementCount(shape) }, (_, position) => {
    let rest = position;
    return shape.reduceRight((index, size, axis) => {
      const along = rest % size;
      rest = Math.floor(rest / size);
      return index + along * (strides[axis] ?? 0);
    }, offset);
  });
}

const geometries = fc
  .array(fc.record({ size: fc.integer({ min: 1, max: 5 }), stride: fc.integer({ min: 0, max: 12 }) }), {
    maxLength: 4,
  })
  .map((axes) => ({
    shape: axes.map(({ size }) => size),
    strides: axes.map(({ stride }) => stride),
    offset: 3,
  }));

describe('gatherStrided', () => {
  it.each([1, 2, 4, 8])('puts values of %i bytes where their strides say', (size) => {
    fc.assert(
      fc.property(geometries, (geometry) => {
        const { start, length } = elementSpan(geometry);
        // Every byte of the storage tells which value it belongs to.
        const storage = Uint8Array.from({ length: (start + length) * size }, (_, i) => Math.floor(i / size));
        const gathered = gatherStrided(storage.subarray(start * size), geometry, size);
        const expected = storageIndices(geometry).flatMap((index) =>
          new Array<number>(size).fill(index & 0xff),
        );
        expect([...gathered]).toEqual(expected);
      }),
    );
  });

  it('copies rows that lie together as a whole', () => {
    const storage = Uint8Array.from({ length: 400 }, (_, index) => index & 0xff);
    const geometry = { shape: [3, 50], strides: [100, 1], offset: 0 };
    const gathered = gatherStrided(storage.subarray(0, 250), geometry, 1);
    expect([...gathered]).toEqual(storageIndices(geometry).map((index) => index & 0xff));
  });

  it('does not copy what lies there in order already', () => {
    const span = new Uint8Array(24);
    expect(gatherStrided(span, { shape: [2, 1, 3], strides: [3, 99, 1], offset: 7 }, 4)).toBe(span);
  });
});
