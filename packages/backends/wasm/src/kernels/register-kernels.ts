import { getKernel, type KernelFunc, registerKernel, unregisterKernel } from '@tensorflow/tfjs';
import { batchMatMul } from './batch-mat-mul';
import { cast } from './cast';
import { conv2dBackpropFilter } from './conv2d-backprop-filter';
import { conv2dBackpropInput } from './conv2d-backprop-input';
import { depthwiseBackpropFilter } from './depthwise-backprop-filter';
import { depthwiseBackpropInput } from './depthwise-backprop-input';
import { identity } from './identity';
import { sum } from './sum';
import { unsortedSegmentSum } from './unsorted-segment-sum';

/** Kernels that TensorFlow.js lacks for WebAssembly; gradients need them. */
const missing: Readonly<Record<string, KernelFunc>> = {
  Conv2DBackpropFilter: conv2dBackpropFilter,
  DepthwiseConv2dNativeBackpropFilter: depthwiseBackpropFilter,
  DepthwiseConv2dNativeBackpropInput: depthwiseBackpropInput,
  UnsortedSegmentSum: unsortedSegmentSum,
};

/** Kernels that it has in a slow form, in terms of that form. */
const improved: Readonly<Record<string, (original: KernelFunc) => KernelFunc>> = {
  BatchMatMul: batchMatMul,
  Cast: cast,
  Conv2DBackpropInput: conv2dBackpropInput,
  Identity: () => identity,
  Sum: sum,
};

/**
 * Registers what training needs beyond TensorFlow.js' own kernels for a backend.
 * @returns a function that puts the registry back as it was
 */
export function registerKernels(backendName: string): () => void {
  const undo: (() => void)[] = [];
  for (const [kernelName, kernelFunc] of Object.entries(missing)) {
    if (getKernel(kernelName, backendName) !== undefined) continue;
    registerKernel({ kernelName, backendName, kernelFunc });
    undo.push(() => unregisterKernel(kernelName, backendName));
  }
  for (const [kernelName, improve] of Object.entries(improved)) {
    const original = getKernel(kernelName, backendName);
    if (original === undefined) continue;
    unregisterKernel(kernelName, backendName);
    registerKernel({ ...original, kernelFunc: improve(original.kernelFunc) });
    undo.push(() => {
      unregisterKernel(kernelName, backendName);
      registerKernel(original);
    });
  }
  return () => {
    for (const step of undo) step();
  };
}
