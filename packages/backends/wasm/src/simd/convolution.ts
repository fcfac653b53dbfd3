import { type ConvGeometry, convGeometry, inputTensor } from '@diffir/core';
import {
  type KernelFunc,
  type NamedAttrMap,
  type Tensor,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import { addressOf, newTensor, withScratch } from './heap-addresses';
import type { SimdKernels } from './simd-kernels';
import { split } from './split';

/** Convolutions of equal strides without dilation, with a bias if one is fused; others are left to TensorFlow.js. */
export function convolution(kernels: SimdKernels): (original: KernelFunc) => KernelFunc {
  return (original) => (call) => {
    const { inputs, attrs = {}, backend } = call;
    const [x, filter] = [inputTensor(inputs, 'x'), inputTensor(inputs, 'filter')];
    const geometry = convGeometry({ input: x.shape, filter: filter.shape }, attrs, 'full');
    const isPlain = (attrs.activation ?? 'linear') === 'linear' && !inputs.preluActivationWeights;
    const { bias } = inputs;
    const hasOurBias = !bias || isVectorOf(bias, geometry.outChannels);
    if (!isPlain || !hasOurBias || !isOurs([x, filter], geometry, attrs)) return original(call);
    const output = newTensor(backend, geometry.outShape);
    const at = [x, filter].map((tensor) => addressOf(backend, tensor));
    const biasAt = bias ? addressOf(backend, bias) : 0;
    const { inWidth, inChannels, outHeight, outWidth, outChannels, filterHeight, filterWidth } = geometry;
    const { strideHeight: stride, padInfo } = geometry;
    const margins = [padInfo.left, zerosBehind(geometry)];
    const sizes = [inWidth, inChannels, outHeight, outWidth, outChannels, filterHeight, filterWidth, stride];
    const bytes = kernels.scratchBytes('convolutionScratch', ...sizes, ...margins);
    withScratch(backend, bytes * kernels.threads, (scratch) => {
      const calls = split(outHeight, kernels.threads).map(({ start, end }, part) => [
        ...[...at, biasAt, addressOf(backend, output), ...geometrySizes(geometry)],
        ...[start, end, scratch + bytes * part],
      ]);
      kernels.run('convolution', calls);
    });
    return output;
  };
}

/** The gradient of such a convolution by its filter: `x` [N,H,W,I] and `dy` [N,h,w,O] to [kH,kW,I,O]. */
export function convolutionFilterGradient(kernels: SimdKernels): (composed: KernelFunc) => KernelFunc {
  return (composed) => (call) => {
    const { inputs, attrs = {}, backend } = call;
    const [x, dy] = [inputTensor(inputs, 'x'), inputTensor(inputs, 'dy')];
    const filterShape = attrs.filterShape as number[];
    const geometry = convGeometry({ input: x.shape, filter: filterShape }, attrs, 'full');
    if (!isOurs([x, dy], geometry, attrs)) return composed(call);
    const output = newTensor(backend, filterShape);
    const at = [x, dy, output].map((tensor) => addressOf(backend, tensor));
    const { inWidth, inChannels, outWidth, outChannels, filterHeight, padInfo } = geometry;
    const sizes = [inWidth, inChannels, outWidth, outChannels, filterHeight, padInfo.left];
    const needed = [...sizes, zerosBehind(geometry)];
    withScratch(backend, kernels.scratchBytes('convolutionFilterGradientScratch', ...needed), (scratch) => {
      kernels.run('convolutionFilterGradient', [[...at, ...geometrySizes(geometry), scratch]]);
    });
    return output;
  };
}

function isVectorOf({ dtype, shape }: TensorInfo, length: number): boolean {
  return dtype === 'float32' && util.sizeFromShape(shape) === length;
}

function isOurs(tensors: readonly Tensor[], geometry: ConvGeometry, { dataFormat }: NamedAttrMap): boolean {
  const { strideHeight, strideWidth, dilationHeight, dilationWidth } = geometry;
  return (
    tensors.every(({ dtype }) => dtype === 'float32') &&
    (dataFormat ?? 'NHWC') === 'NHWC' &&
    strideHeight === strideWidth &&
    dilationHeight === 1 &&
    dilationWidth === 1
  );
}

/** Columns of zeros that the last output pixel needs behind a row. */
function zerosBehind({ outWidth, strideWidth, filterWidth, padInfo, inWidth }: ConvGeometry): number {
  return Math.max(0, (outWidth - 1) * strideWidth + filterWidth - padInfo.left - inWidth);
}

/** What both kernels want to know, in their order. */
function geometrySizes(geometry: ConvGeometry): number[] {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = geometry;
  const { filterHeight, filterWidth, strideHeight, padInfo } = geometry;
  return [
    ...[batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels],
    ...[filterHeight, filterWidth, strideHeight, padInfo.top, padInfo.left, zerosBehind(geometry)],
  ];
}
