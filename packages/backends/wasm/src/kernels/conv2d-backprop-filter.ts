import { type ConvGeometry, convGeometry, inputTensor } from '@diffir/core';
import {
  type KernelFunc,
  matMul,
  reshape,
  stack,
  stridedSlice,
  type Tensor2D,
  type Tensor4D,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';
import { padInput } from './pad-input';
import { shiftedRows } from './shifted-rows';

/**
 * Gradient of a convolution by its filter: for each tap, the product of the transposed output gradient
 * with the input the tap meets. `x` [N,H,W,I] and `dy` [N,h,w,O] to [kH,kW,I,O].
 */
export const conv2dBackpropFilter: KernelFunc = ({ inputs, attrs = {} }) =>
  tidy(() => {
    const x = inputTensor(inputs, 'x') as Tensor4D;
    const dy = inputTensor(inputs, 'dy') as Tensor4D;
    const filterShape = attrs.filterShape as [number, number, number, number];
    const geometry = convGeometry({ input: x.shape, filter: filterShape }, attrs, 'full');
    const taps = geometry.strideHeight === 1 && geometry.strideWidth === 1 ? shifted : strided;
    // Each product is [O,I]; the filter wants [I,O].
    return reshape(transpose(stack(taps(x, dy, geometry)), [0, 2, 1]), filterShape);
  });

function shifted(x: Tensor4D, dy: Tensor4D, geometry: ConvGeometry): Tensor2D[] {
  const { gradient, tap } = shiftedRows(x, dy, geometry);
  const left = transpose(gradient);
  return eachTap(geometry, (row, column) => tidy(() => matMul(left, tap(row, column))));
}

function strided(x: Tensor4D, dy: Tensor4D, geometry: ConvGeometry): Tensor2D[] {
  const { strideHeight, strideWidth, outHeight, outWidth, batchSize, inChannels, outChannels } = geometry;
  const pixels = batchSize * outHeight * outWidth;
  const left: Tensor2D = transpose(reshape(dy, [pixels, outChannels]));
  const padded = padInput(x, geometry);
  const end = (start: number, count: number, stride: number) => start + (count - 1) * stride + 1;
  return eachTap(geometry, (row, column) =>
    tidy(() => {
      const met = stridedSlice(
        padded,
        [0, row, column, 0],
        [batchSize, end(row, outHeight, strideHeight), end(column, outWidth, strideWidth), inChannels],
        [1, strideHeight, strideWidth, 1],
      );
      return matMul(left, reshape(met, [pixels, inChannels]));
    }),
  );
}

function eachTap<T>(
  { filterHeight, filterWidth }: ConvGeometry,
  compute: (row: number, column: number) => T,
): T[] {
  return Array.from({ length: filterHeight * filterWidth }, (_, tap) =>
    compute(Math.floor(tap / filterWidth), tap % filterWidth),
  );
}
