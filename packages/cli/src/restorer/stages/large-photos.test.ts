import { describe, expect, it } from 'vitest';
import { createTemporaryFiles } from '../../io/temporary-files';
import { diskBytes, isLarge, mostInMemory } from './large-photos';

const large = (scale: number, outscale?: number) => ({
  files: createTemporaryFiles(),
  mostInMemory: 1000,
  scale,
  ...(outscale !== undefined && { outscale }),
});

/** A photo of 100 bytes of samples. */
const photo = { width: 10, height: 10, bytes: 100, hasAlpha: false };

describe('a large photo', () => {
  it('is one that does not fit into memory with its result', () => {
    expect([isLarge(500, large(1)), isLarge(501, large(1))]).toEqual([false, true]);
    expect([isLarge(200, large(2)), isLarge(201, large(2))]).toEqual([false, true]);
  });

  it('is smaller where the user allows less memory', () => {
    expect(mostInMemory(1000)).toBe(1000);
    expect(mostInMemory(1e12)).toBe(mostInMemory());
    // 24 megapixels, unless this machine has less than 1.2 GB.
    expect(mostInMemory()).toBeLessThanOrEqual(24e6 * 6);
  });

  it('needs room for two of what it is, what it becomes, and what that is resized to', () => {
    expect(diskBytes(photo, large(1))).toBe(200);
    expect(diskBytes(photo, large(4))).toBe(3200);
    expect(diskBytes(photo, large(4, 1))).toBe(3200);
    expect(diskBytes(photo, large(1, 4))).toBe(3200);
  });

  it('needs room for itself once more where something may be hidden, and four bytes a pixel for how far', () => {
    const alpha = { width: 5, height: 5, bytes: 100, hasAlpha: true };
    expect(diskBytes(alpha, large(1))).toBe(300);
    expect(diskBytes({ ...alpha, bytes: 50 }, large(1))).toBe(50 + 50 + 100);
    expect(diskBytes(alpha, large(4))).toBe(3200);
  });
});
