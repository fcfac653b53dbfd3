import { describe, expect, it } from 'vitest';
import { createTemporaryFiles } from '../../io/temporary-files';
import { diskBytes, isLarge, mostInMemory } from './large-photos';

const large = (scale: number, outscale?: number) => ({
  files: createTemporaryFiles(),
  mostInMemory: 1000,
  scale,
  ...(outscale !== undefined && { outscale }),
});

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
    expect(diskBytes(100, large(1))).toBe(200);
    expect(diskBytes(100, large(4))).toBe(3200);
    expect(diskBytes(100, large(4, 1))).toBe(3200);
    expect(diskBytes(100, large(1, 4))).toBe(3200);
  });
});
