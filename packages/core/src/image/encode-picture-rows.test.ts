import { describe, expect, it } from 'vitest';
import { rowEncoder } from './encode-picture-rows';
import type { Image } from './image';
import { imageSource } from './image-rows';

describe('rowEncoder', () => {
  const rows = Float32Array.of(0, 0.5, 1, 1, 1, 1);

  it('clamps, scales and rounds, keeping the kind of samples', async () => {
    const like = { data: new Uint16Array(3), width: 1, height: 1, channels: 3 } as const;
    const encoded = await rowEncoder(imageSource(like), 1)(Float32Array.of(-0.1, 0.5, Number.NaN), 0);
    expect(encoded).toEqual(Uint16Array.of(0, 32768, 0));
  });

  it('keeps the colour hidden under fully transparent pixels at scale 1', async () => {
    const data = Uint8Array.of(9, 9, 9, 9, 9, 9, 9, 9, 1, 2, 3, 0, 4, 5, 6, 9);
    const like = { data, width: 2, height: 2, channels: 4 } as const;
    expect([...(await rowEncoder(imageSource(like), 1)(rows, 1))]).toEqual([1, 2, 3, 0, 255, 255, 255, 9]);
  });

  it('gives every row the enlarged alpha that it has in the whole picture, however many come at once', async () => {
    const [width, height, scale] = [3, 9, 4];
    const data = Uint8Array.from({ length: width * height * 2 }, (_, index) => (index * 83) % 256);
    const like: Image = { data, width, height, channels: 2 };
    const encode = rowEncoder(imageSource(like), scale);
    const blank = (count: number) => new Float32Array(count * width * scale * 3);
    const whole = await encode(blank(height * scale), 0);
    expect(new Set(whole).size).toBeGreaterThan(50);
    for (const step of [1, 3, 4, 7]) {
      const parts: number[] = [];
      for (let row = 0; row < height * scale; row += step) {
        parts.push(...(await encode(blank(Math.min(step, height * scale - row)), row)));
      }
      expect(parts).toEqual([...whole]);
    }
  });
});
