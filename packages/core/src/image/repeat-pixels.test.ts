import { describe, expect, it } from 'vitest';
import { repeatPixels } from './repeat-pixels';

describe('repeatPixels', () => {
  const image = { data: Uint16Array.of(1, 2, 3, 4, 5, 6, 7, 8), width: 2, height: 2, channels: 2 } as const;

  it('makes squares of pixels', () => {
    const row1 = [1, 2, 1, 2, 3, 4, 3, 4];
    const row2 = [5, 6, 5, 6, 7, 8, 7, 8];
    expect(repeatPixels(image, 2)).toEqual({
      data: Uint16Array.from([...row1, ...row1, ...row2, ...row2]),
      width: 4,
      height: 4,
      channels: 2,
    });
  });

  it('copies at scale 1', () => {
    const copy = repeatPixels(image, 1);
    expect(copy).toEqual(image);
    expect(copy.data.buffer).not.toBe(image.data.buffer);
  });
});
