import { type KernelSet, kernelNames } from '@diffir/core';
import { conv2dBackpropFilter } from '../kernels/conv2d-backprop-filter';
import { convolution, convolutionFilterGradient } from './convolution';
import { depthwiseConvolution } from './depthwise-convolution';
import { depthwiseFilterGradient } from './depthwise-filter-gradient';
import { gatedGelu, gatedGeluGradient } from './gated-gelu';
import { fusedMatMul, matMul } from './mat-mul';
import { modulatedPointwiseConv } from './modulated-pointwise-conv';
import { normalizeChannels, normalizeChannelsGradient } from './normalize-channels';
import type { SimdKernels } from './simd-kernels';
import { sumRows } from './sum-rows';

/** What our own kernels do better than TensorFlow.js'. */
export function kernelsWithSimd(kernels: SimdKernels): KernelSet {
  return {
    missing: {
      Conv2DBackpropFilter: convolutionFilterGradient(kernels)(conv2dBackpropFilter),
      DepthwiseConv2dNativeBackpropFilter: depthwiseFilterGradient(kernels),
      [kernelNames.gatedGelu]: gatedGelu(kernels),
      [kernelNames.gatedGeluGradient]: gatedGeluGradient(kernels),
      [kernelNames.modulatedPointwiseConv]: modulatedPointwiseConv(kernels),
      [kernelNames.normalizeChannels]: normalizeChannels(kernels),
      [kernelNames.normalizeChannelsGradient]: normalizeChannelsGradient(kernels),
    },
    improved: {
      BatchMatMul: matMul(kernels),
      Conv2D: convolution(kernels),
      DepthwiseConv2dNative: depthwiseConvolution(kernels),
      FusedConv2D: convolution(kernels),
      FusedDepthwiseConv2D: depthwiseConvolution(kernels),
      _FusedMatMul: fusedMatMul(kernels),
      Sum: sumRows(kernels),
    },
  };
}
