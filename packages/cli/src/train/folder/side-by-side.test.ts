import type { Image } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { sideBySide } from './side-by-side';

function flat(width: number, height: number, level: number): Image {
  return { data: new Uint8Array(width * height * 3).fill(level), width, height, channels: 3 };
}

describe('side by side', () => {
  it('enlarges the low-quality picture to the height of the others', () => {
    const image = sideBySide([flat(1, 1, 10), flat(2, 2, 20), flat(3, 2, 30)]);
    expect([image.width, image.height]).toEqual([7, 2]);
    const row = [10, 10, 20, 20, 30, 30, 30].flatMap((level) => [level, level, level]);
    expect([...image.data]).toEqual([...row, ...row]);
  });
});
