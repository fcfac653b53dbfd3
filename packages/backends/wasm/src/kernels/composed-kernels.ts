import type { KernelSet } from '@diffir/core';
import { batchMatMul } from './batch-mat-mul';
import { cast } from './cast';
import { conv2dBackpropFilter } from './conv2d-backprop-filter';
import { conv2dBackpropInput } from './conv2d-backprop-input';
import { depthwiseBackpropFilter } from './depthwise-backprop-filter';
import { depthwiseBackpropInput } from './depthwise-backprop-input';
import { identity } from './identity';
import { sum } from './sum';
import { unsortedSegmentSum } from './unsorted-segment-sum';

/** What training needs beyond TensorFlow.js' own kernels, composed of these or in plain JavaScript. */
export const composedKernels: KernelSet = {
  missing: {
    Conv2DBackpropFilter: conv2dBackpropFilter,
    DepthwiseConv2dNativeBackpropFilter: depthwiseBackpropFilter,
    DepthwiseConv2dNativeBackpropInput: depthwiseBackpropInput,
    UnsortedSegmentSum: unsortedSegmentSum,
  },
  improved: {
    BatchMatMul: batchMatMul,
    Cast: cast,
    Conv2DBackpropInput: conv2dBackpropInput,
    Identity: () => identity,
    Sum: sum,
  },
};
