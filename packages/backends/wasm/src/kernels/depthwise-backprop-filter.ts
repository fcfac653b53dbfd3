import { convGeometry, depthwiseFilterSums, inputTensor } from '@diffir/core';
import type { KernelFunc } from '@tensorflow/tfjs-core';
import { requirePlainDepthwise } from './depthwise-backprop-input';
import { onHeap } from './heap-arrays';

/**
 * Gradient of a depthwise convolution of stride 1 by its filter. In plain JavaScript over WebAssembly's
 * memory: composed of XNNPACK's products it takes a dozen passes over full-size tensors and six times as long.
 * `x` [N,H,W,C] and `dy` [N,h,w,C] to [kH,kW,C,1].
 * @throws DiffIRError for strides and channel multipliers above 1
 */
export const depthwiseBackpropFilter: KernelFunc = ({ inputs, backend, attrs = {} }) => {
  const [x, dy] = [inputTensor(inputs, 'x'), inputTensor(inputs, 'dy')];
  const filterShape = attrs.filterShape as number[];
  const geometry = convGeometry({ input: x.shape, filter: filterShape }, attrs, 'depthwise');
  requirePlainDepthwise(geometry);
  const heap = onHeap(backend, filterShape, [x, dy]);
  heap.values.set(depthwiseFilterSums(...heap.inputs, geometry));
  return heap.output;
};
