import type { ConvGeometry } from '@diffir/core';
import { pad, reshape, slice, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core';
import { padInput } from './pad-input';

/** Input and output gradient of a stride-1 convolution, laid out so that every tap is a shift of rows. */
export interface ShiftedRows {
  /** The gradient, `[rows,O]`; rows that belong to no output pixel are zero. */
  readonly gradient: Tensor2D;
  /** The input that filter tap (row, column) multiplies with them, `[rows,I]`. */
  tap(row: number, column: number): Tensor2D;
}

/**
 * Pads input and gradient to one height and width and flattens all pixels to rows. The input that a tap
 * meets then lies a fixed number of rows behind the gradient's: one contiguous slice for each tap.
 */
export function shiftedRows(x: Tensor4D, dy: Tensor4D, geometry: ConvGeometry): ShiftedRows {
  const { filterHeight, filterWidth } = geometry;
  const input = padInput(x, geometry);
  const [images, height, width, inputs] = input.shape;
  const gradient = pad(dy, [
    [0, 0],
    [0, filterHeight - 1],
    [0, filterWidth - 1],
    [0, 0],
  ]);
  const outputs = gradient.shape[3];
  const rows = images * height * width;
  // The last shift leaves this many; all rows of the gradient behind them are padding.
  const count = rows - (filterHeight - 1) * width - (filterWidth - 1);
  const inputRows: Tensor2D = reshape(input, [rows, inputs]);
  const gradientRows: Tensor2D = reshape(gradient, [rows, outputs]);
  return {
    gradient: slice(gradientRows, [0, 0], [count, outputs]),
    tap: (row, column) => slice(inputRows, [row * width + column, 0], [count, inputs]),
  };
}
