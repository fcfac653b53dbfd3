import { convGeometry, inputTensor } from '@diffir/core';
import type { KernelFunc } from '@tensorflow/tfjs-core';
import { requirePlainDepthwise } from '../kernels/depthwise-backprop-input';
import { addressOf, newTensor, withScratch } from './heap-addresses';
import type { SimdKernels } from './simd-kernels';

/**
 * Gradient of a depthwise convolution of stride 1 by its filter: `x` [N,H,W,C] and `dy` [N,h,w,C] to [kH,kW,C,1].
 * @throws DiffIRError for strides and channel multipliers above 1
 */
export function depthwiseFilterGradient(kernels: SimdKernels): KernelFunc {
  return ({ inputs, backend, attrs = {} }) => {
    const [x, dy] = [inputTensor(inputs, 'x'), inputTensor(inputs, 'dy')];
    const filterShape = attrs.filterShape as number[];
    const geometry = convGeometry({ input: x.shape, filter: filterShape }, attrs, 'depthwise');
    requirePlainDepthwise(geometry);
    const {
      batchSize,
      inChannels,
      inHeight,
      inWidth,
      outHeight,
      outWidth,
      filterHeight,
      filterWidth,
      padInfo,
    } = geometry;
    const output = newTensor(backend, filterShape);
    const at = [x, dy, output].map((tensor) => addressOf(backend, tensor));
    const totals = Float64Array.BYTES_PER_ELEMENT * filterHeight * filterWidth * inChannels;
    withScratch(backend, totals, (scratch) => {
      kernels.run('depthwiseFilterGradient', [
        [
          ...at,
          ...[batchSize, inChannels, inHeight, inWidth, outHeight, outWidth, filterHeight, filterWidth],
          ...[padInfo.top, padInfo.left, scratch],
        ],
      ]);
    });
    return output;
  };
}
