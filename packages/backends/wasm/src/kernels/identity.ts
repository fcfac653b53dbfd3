import { inputTensor } from '@diffir/core';
import type { KernelFunc } from '@tensorflow/tfjs-core';

/**
 * Another tensor with the same data. TensorFlow.js' own kernel for WebAssembly copies, and while gradients
 * are recorded that doubles the memory: every tensor kept for the way back is such a copy.
 */
export const identity: KernelFunc = ({ inputs, backend }) => {
  const { dataId, shape, dtype } = inputTensor(inputs, 'x');
  if ('incRef' in backend && typeof backend.incRef === 'function') backend.incRef(dataId);
  return { dataId, shape, dtype };
};
