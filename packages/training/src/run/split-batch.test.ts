import { describe, expect, it } from 'vitest';
import type { PlainBatch } from '../data/plain-batch';
import { splitBatches } from './split-batch';

function batch(images: number, offset = 0): PlainBatch {
  const values = (each: number) => Float32Array.from({ length: images * each }, (_, index) => offset + index);
  return { images, lqSize: [1, 1], gtSize: [2, 2], lq: values(3), gt: values(12), noise: values(256) };
}

describe('splitting batches', () => {
  it('gives each part its images, in order and nearly equal', () => {
    const parts = splitBatches([batch(5), batch(2, 1000)], 3);
    expect(parts.map(({ images }) => images)).toEqual([2, 1, 2, 1, 1]);
    expect(parts.flatMap(({ gt }) => [...gt])).toEqual([...batch(5).gt, ...batch(2, 1000).gt]);
    expect(parts[1]?.lq).toEqual(Float32Array.from([6, 7, 8]));
    expect(parts[1]?.noise[0]).toBe(512);
    expect(parts.some((part) => 'sharpenedGt' in part)).toBe(false);
  });

  it('splits a sharpened ground truth as it splits GT', () => {
    const whole = { ...batch(5), sharpenedGt: batch(5, 7).gt };
    const parts = splitBatches([whole], 2);
    expect(parts.flatMap(({ sharpenedGt = [] }) => [...sharpenedGt])).toEqual([...whole.sharpenedGt]);
    expect(parts.every(({ gt, sharpenedGt }) => sharpenedGt?.[0] === (gt[0] ?? 0) + 7)).toBe(true);
  });
});
