import type { KernelSet } from '@diffir/core';
import { conv2dBackpropFilter } from './conv2d-backprop-filter';
import { depthwiseBackpropFilter } from './depthwise-backprop-filter';

/** Kernels that training spent most of its time in: see docs/performance.md. */
export const fastKernels: KernelSet = {
  missing: {},
  improved: {
    Conv2DBackpropFilter: conv2dBackpropFilter,
    DepthwiseConv2dNativeBackpropFilter: depthwiseBackpropFilter,
  },
};
