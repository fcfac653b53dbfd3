import type { KernelFunc } from '@tensorflow/tfjs';
import { convGeometry } from './conv-geometry';
import { requirePlainDepthwise } from './depthwise-backprop-input';
import { depthwiseFilterSums } from './depthwise-filter-sums';
import { onHeap } from './heap-arrays';
import { inputTensor } from './kernel-inputs';

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
  const sums = depthwiseFilterSums(...heap.inputs, {
    images: geometry.batchSize,
    channels: geometry.inChannels,
    input: { height: geometry.inHeight, width: geometry.inWidth },
    output: { height: geometry.outHeight, width: geometry.outWidth },
    filter: { height: geometry.filterHeight, width: geometry.filterWidth },
    margin: geometry.padInfo,
  });
  heap.values.set(sums);
  return heap.output;
};
