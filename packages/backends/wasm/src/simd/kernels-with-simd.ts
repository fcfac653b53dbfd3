import { kernelNames } from '@diffir/core';
import type { KernelSet } from '../kernels/register-kernels';
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
      DepthwiseConv2dNativeBackpropFilter: depthwiseFilterGradient(kernels),
      [kernelNames.gatedGelu]: gatedGelu(kernels),
      [kernelNames.gatedGeluGradient]: gatedGeluGradient(kernels),
      [kernelNames.modulatedPointwiseConv]: modulatedPointwiseConv(kernels),
      [kernelNames.normalizeChannels]: normalizeChannels(kernels),
      [kernelNames.normalizeChannelsGradient]: normalizeChannelsGradient(kernels),
    },
    improved: {
      BatchMatMul: matMul(kernels),
      _FusedMatMul: fusedMatMul(kernels),
      Sum: sumRows(kernels),
    },
  };
}
