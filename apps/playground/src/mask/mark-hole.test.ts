import { describe, expect, it } from 'vitest';
import { markHole } from './mark-hole';

const hole = [255, 255, 255, 255];
const keep = [0, 0, 0, 0];
const marked = (...pixels: number[][]) => {
  const data = Uint8ClampedArray.from(pixels.flat());
  markHole(data);
  return [...data];
};

describe('the hole a loaded mask marks', () => {
  it('is white, split at one half', () => {
    expect(marked([255, 255, 255, 255], [0, 0, 0, 255])).toEqual([...hole, ...keep]);
    expect(marked([128, 128, 127, 255], [127, 127, 128, 255])).toEqual([...hole, ...keep]);
    expect(marked([255, 0, 0, 255])).toEqual(keep);
  });

  it('is opaque where transparency varies, whatever the colour', () => {
    expect(marked([0, 0, 0, 255], [255, 255, 255, 0], [9, 9, 9, 128])).toEqual([...hole, ...keep, ...hole]);
  });
});
