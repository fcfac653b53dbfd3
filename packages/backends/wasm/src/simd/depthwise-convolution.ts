import { type ConvGeometry, convGeometry, inputTensor } from '@diffir/core';
import { type KernelFunc, util } from '@tensorflow/tfjs-core';
import { addressOf, newTensor, withScratch } from './heap-addresses';
import type { SimdKernels } from './simd-kernels';
import { split } from './split';

/**
 * Depthwise 3×3 convolutions that keep the size, of whole vectors of channels, with a bias if one is fused. Others are
 * left to TensorFlow.js: with 127 channels every second load straddles two cache lines, and XNNPACK is faster.
 */
export function depthwiseConvolution(kernels: SimdKernels): (original: KernelFunc) => KernelFunc {
  return (original) => (call) => {
    const { inputs, attrs = {}, backend } = call;
    const [x, filter] = [inputTensor(inputs, 'x'), inputTensor(inputs, 'filter')];
    const geometry = convGeometry({ input: x.shape, filter: filter.shape }, attrs, 'depthwise');
    const isPlain = (attrs.activation ?? 'linear') === 'linear' && !inputs.preluActivationWeights;
    const { bias } = inputs;
    const hasOurBias = !bias || util.sizeFromShape(bias.shape) === geometry.inChannels;
    const isNHWC = (attrs.dataFormat ?? 'NHWC') === 'NHWC';
    if (x.dtype !== 'float32' || !isPlain || !hasOurBias || !isNHWC || !keepsSize(geometry))
      return original(call);
    const { batchSize, inHeight, inWidth, inChannels } = geometry;
    const output = newTensor(backend, geometry.outShape);
    const [xAt = 0, filterAt = 0, outputAt = 0] = [x, filter, output].map((tensor) =>
      addressOf(backend, tensor),
    );
    const biasAt = bias ? addressOf(backend, bias) : 0;
    const bytes = kernels.scratchBytes('depthwiseConvolutionScratch', inWidth, inChannels);
    withScratch(backend, bytes * kernels.threads, (scratch) => {
      const calls = split(inHeight, kernels.threads).map(({ start, end }, part) => [
        ...[xAt, filterAt, biasAt, outputAt, batchSize, inHeight, inWidth, inChannels],
        ...[start, end, scratch + bytes * part],
      ]);
      kernels.run('depthwiseConvolution', calls);
    });
    return output;
  };
}

function keepsSize(geometry: ConvGeometry): boolean {
  const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = geometry;
  const { dilationHeight, dilationWidth, inChannels, outChannels, inHeight, inWidth } = geometry;
  return (
    [filterHeight, filterWidth].every((extent) => extent === 3) &&
    [strideHeight, strideWidth, dilationHeight, dilationWidth].every((step) => step === 1) &&
    inChannels === outChannels &&
    inChannels % 4 === 0 &&
    geometry.outHeight === inHeight &&
    geometry.outWidth === inWidth &&
    padInfo.top === 1 &&
    padInfo.left === 1
  );
}
