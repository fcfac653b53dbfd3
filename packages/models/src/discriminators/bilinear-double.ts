import { add, concat, mul, reshape, slice, type Tensor4D, tidy } from '@tensorflow/tfjs-core';

/**
 * Doubles height and width by bilinear interpolation between pixel centres (align_corners false):
 * `[N,H,W,C]` to `[N,2H,2W,C]`. Composed, because the gradient of TensorFlow.js' own op takes the corners for
 * the centres.
 */
export function bilinearDouble(x: Tensor4D): Tensor4D {
  return tidy(() => doubleAxis(doubleAxis(x, 1), 2));
}

/** Every new sample lies a quarter of the way to a neighbour; at the border that is the pixel itself. */
function doubleAxis(x: Tensor4D, axis: 1 | 2): Tensor4D {
  const length = x.shape[axis];
  const part = (start: number, count: number): Tensor4D => {
    const begin = [0, 0, 0, 0];
    begin[axis] = start;
    const size: number[] = [...x.shape];
    size[axis] = count;
    return slice(x, begin, size);
  };
  const before = concat([part(0, 1), part(0, length - 1)], axis);
  const after = concat([part(1, length - 1), part(length - 1, 1)], axis);
  const own = mul(x, 0.75);
  const [n, h, w, c] = x.shape;
  // Rows of a matrix joined side by side: what `stack` does too, whose gradient takes ten times as long.
  const rows = axis === 1 ? [n * h, w * c] : [n * h * w, c];
  const side = (neighbour: Tensor4D) => reshape(add(own, mul(neighbour, 0.25)), rows);
  const pairs = concat([side(before), side(after)], 1);
  return axis === 1 ? reshape(pairs, [n, 2 * h, w, c]) : reshape(pairs, [n, h, 2 * w, c]);
}
