import { describe, expect, it } from 'vitest';
import type { Image } from './image';
import { holeFromMask, invertMask } from './mask';

const image: Image = { data: new Uint8Array(12), width: 2, height: 2, channels: 3 };

function mask(channels: Image['channels'], ...data: number[]): Image {
  return { data: Uint8Array.from(data), width: 2, height: 2, channels };
}

describe('holeFromMask', () => {
  it('reads white as the hole, in gray and in colour', () => {
    expect([...holeFromMask(mask(1, 0, 255, 127, 128), image).data]).toEqual([0, 255, 0, 255]);
    const rgb = [0, 0, 0, 255, 255, 255, 0, 0, 0, 255, 255, 255];
    expect([...holeFromMask(mask(3, ...rgb), image).data]).toEqual([0, 255, 0, 255]);
  });

  it('reads opaque as the hole where transparency varies', () => {
    expect([...holeFromMask(mask(2, 9, 0, 9, 255, 9, 0, 9, 255), image).data]).toEqual([0, 255, 0, 255]);
  });

  it('reads white as the hole in an opaque mask with an alpha channel', () => {
    expect([...holeFromMask(mask(2, 0, 255, 255, 255, 0, 255, 255, 255), image).data]).toEqual([
      0, 255, 0, 255,
    ]);
  });

  it('is turned round by invertMask, whatever kind of mask it is', () => {
    expect([...invertMask(mask(1, 0, 255, 127, 128)).data]).toEqual([255, 0, 255, 0]);
    expect([...invertMask(mask(2, 9, 0, 9, 255, 9, 0, 9, 255)).data]).toEqual([255, 0, 255, 0]);
  });
});
