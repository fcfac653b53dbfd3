import { slice, type Tensor4D } from '@tensorflow/tfjs-core';
import { padToSize } from '../ops/pad-to-size';

/** Pads at the bottom and right to the next multiples, as the networks were trained: see `padToSize`. */
export function padToMultiple(x: Tensor4D, multiple: number): Tensor4D {
  const [, height, width] = x.shape;
  const up = (length: number) => Math.ceil(length / multiple) * multiple;
  return padToSize(x, { height: up(height), width: up(width) });
}

/** The top left `height`×`width` pixels: undoes `padToMultiple` on a network's output. */
export function cropToSize(x: Tensor4D, height: number, width: number): Tensor4D {
  return slice(x, [0, 0, 0, 0], [-1, height, width, -1]);
}
