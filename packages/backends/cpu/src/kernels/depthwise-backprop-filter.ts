import { convGeometry, depthwiseFilterSums, inputTensor } from '@diffir/core';
import { type KernelFunc, tensor } from '@tensorflow/tfjs-core';
import { float32Values } from './float32-values';

/**
 * Gradient of a depthwise convolution by its filter, `x` [N,H,W,C] and `dy` [N,h,w,C] to [kH,kW,C,1], in place of
 * TensorFlow.js' kernel, which reads each value through a checked accessor. Strides, dilations and channel
 * multipliers are left to that one.
 */
export function depthwiseBackpropFilter(original: KernelFunc): KernelFunc {
  return (call) => {
    const { inputs, attrs = {} } = call;
    const [x, dy] = [inputTensor(inputs, 'x'), inputTensor(inputs, 'dy')];
    const filterShape = attrs.filterShape as number[];
    const geometry = convGeometry({ input: x.shape, filter: filterShape }, attrs, 'depthwise');
    const { strideHeight, strideWidth, dilationHeight, dilationWidth, inChannels, outChannels } = geometry;
    const steps = [strideHeight, strideWidth, dilationHeight, dilationWidth];
    if (steps.some((step) => step !== 1) || inChannels !== outChannels) return original(call);
    const sums = depthwiseFilterSums(float32Values(x), float32Values(dy), geometry);
    return tensor(Float32Array.from(sums), filterShape);
  };
}
