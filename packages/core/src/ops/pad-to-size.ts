import { concat, mirrorPad, slice, type Tensor4D, tidy, tile } from '@tensorflow/tfjs-core';

/** A target size in pixels. */
export interface Size {
  readonly height: number;
  readonly width: number;
}

/**
 * Pads at the bottom and right to `size`: by reflection without repeating the border, or by
 * repeating the border where the image is smaller than the pad. `[N,h,w,C]` to `[N,H,W,C]`.
 */
export function padToSize(x: Tensor4D, { height, width }: Size): Tensor4D {
  return tidy(() => padAxis(padAxis(x, 1, height), 2, width).clone());
}

function padAxis(x: Tensor4D, axis: 1 | 2, size: number): Tensor4D {
  const length = x.shape[axis];
  const missing = size - length;
  if (missing <= 0) return x;
  const pads: [number, number][] = [0, 1, 2, 3].map((a) => [0, a === axis ? missing : 0]);
  if (missing < length) return mirrorPad(x, pads, 'reflect');
  const start = [0, 0, 0, 0];
  start[axis] = length - 1;
  const extent: number[] = [...x.shape];
  extent[axis] = 1;
  const repeats = [1, 1, 1, 1];
  repeats[axis] = missing;
  return concat([x, tile(slice(x, start, extent), repeats)], axis);
}
