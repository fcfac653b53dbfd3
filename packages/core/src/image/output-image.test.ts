import { describe, expect, it } from 'vitest';
import { createOutputImage } from './output-image';

describe('createOutputImage', () => {
  const rows = Float32Array.of(0, 0.5, 1, 1, 1, 1);

  it('clamps, scales and rounds, keeping the kind of samples', () => {
    const like = { data: new Uint16Array(3), width: 1, height: 1, channels: 3 } as const;
    const output = createOutputImage(like, 1);
    output.writeRows(Float32Array.of(-0.1, 0.5, Number.NaN), 0);
    expect(output.image.data).toEqual(Uint16Array.of(0, 32768, 0));
  });

  it('keeps the colour hidden under fully transparent pixels at scale 1', () => {
    const like = { data: Uint8Array.of(1, 2, 3, 0, 4, 5, 6, 9), width: 2, height: 1, channels: 4 } as const;
    const output = createOutputImage(like, 1);
    output.writeRows(rows, 0);
    expect([...output.image.data]).toEqual([1, 2, 3, 0, 255, 255, 255, 9]);
  });

  it('writes rows where they belong, with the enlarged alpha', () => {
    const like = { data: Uint8Array.of(10, 255, 20, 255), width: 1, height: 2, channels: 2 } as const;
    const output = createOutputImage(like, 2);
    output.writeRows(rows, 2);
    expect([...output.image.data]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 128, 255, 255, 255, 0, 0, 0, 0]);
  });
});
