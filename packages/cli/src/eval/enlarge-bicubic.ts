import { type Image, toUnitRange } from '@diffir/core';
import { imresize } from '@diffir/tasks';

/** An image enlarged as MATLAB does, rounded once to 8 bits: what super-resolution is compared with. */
export function enlargeBicubic({ data, width, height, channels }: Image, scale: number): Image {
  const enlarged = imresize({ data: toUnitRange(data), width, height, channels }, scale);
  return { ...enlarged, data: toLevels(enlarged.data) };
}

function toLevels(values: Float32Array): Uint8Array {
  const levels = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) {
    levels[i] = Math.round(Math.min(1, Math.max(0, values[i] ?? 0)) * 255);
  }
  return levels;
}
