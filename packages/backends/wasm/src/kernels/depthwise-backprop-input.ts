import { type ConvGeometry, convGeometry, DiffIRError, inputTensor } from '@diffir/core';
import { depthwiseConv2d, type KernelFunc, reverse, type Tensor4D, tidy } from '@tensorflow/tfjs-core';

/**
 * Gradient of a depthwise convolution of stride 1 by its input: the depthwise convolution of the output
 * gradient with the filter turned by 180°. `dy` [N,h,w,C] and `filter` [kH,kW,C,1] to [N,H,W,C].
 * @throws DiffIRError for strides and channel multipliers above 1
 */
export const depthwiseBackpropInput: KernelFunc = ({ inputs, attrs = {} }) =>
  tidy(() => {
    const dy = inputTensor(inputs, 'dy') as Tensor4D;
    const filter = inputTensor(inputs, 'filter') as Tensor4D;
    const shapes = { input: attrs.inputShape as number[], filter: filter.shape };
    const geometry = convGeometry(shapes, attrs, 'depthwise');
    requirePlainDepthwise(geometry);
    const { filterHeight, filterWidth, padInfo } = geometry;
    return depthwiseConv2d(dy, reverse(filter, [0, 1]), 1, [
      [0, 0],
      [filterHeight - 1 - padInfo.top, filterHeight - 1 - padInfo.bottom],
      [filterWidth - 1 - padInfo.left, filterWidth - 1 - padInfo.right],
      [0, 0],
    ]);
  });

/** @throws DiffIRError for strides and channel multipliers above 1, which DiffIR's networks do not have */
export function requirePlainDepthwise({
  strideHeight,
  strideWidth,
  inChannels,
  outChannels,
}: ConvGeometry): void {
  if (strideHeight === 1 && strideWidth === 1 && inChannels === outChannels) return;
  throw new DiffIRError({
    subject: 'wasm',
    problem: 'has no gradient of depthwise convolutions with strides or channel multipliers',
    remedy: 'train on another backend',
  });
}
