import { kernelNames } from '@diffir/core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { getKernel, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import { dynamicAttentionKernel } from './dynamic-attention-kernel';
import { dynamicFeedForwardKernel } from './dynamic-feed-forward-kernel';
import type { FusedKernel } from './fused-kernel';
import type { FusionTraits } from './fusion-traits';
import { pixelShuffleKernel, pixelUnshuffleKernel } from './pixel-shuffle-kernels';
import { pointwiseConvKernel } from './pointwise-conv-kernel';

const kernels: Readonly<Record<string, FusedKernel>> = {
  [kernelNames.dynamicAttention]: dynamicAttentionKernel,
  [kernelNames.dynamicFeedForward]: dynamicFeedForwardKernel,
  [kernelNames.pixelShuffle]: pixelShuffleKernel,
  [kernelNames.pixelUnshuffle]: pixelUnshuffleKernel,
  [kernelNames.pointwiseConv]: pointwiseConvKernel,
};

/** Where kernels are registered and how they run. */
export interface FusedKernelsOptions {
  readonly backend: WebGPUBackend;
  /** Name of the backend in TensorFlow.js. */
  readonly backendName: string;
  readonly traits: FusionTraits;
}

/**
 * Registers the fused kernels for a backend, but for those that someone else has registered.
 * @returns a function that takes them out again
 */
export function registerFusedKernels({ backend, backendName, traits }: FusedKernelsOptions): () => void {
  const missing = Object.entries(kernels).filter(([name]) => getKernel(name, backendName) === undefined);
  for (const [kernelName, kernel] of missing) {
    registerKernel({
      kernelName,
      backendName,
      kernelFunc: ({ inputs, attrs }) => kernel({ inputs, attributes: attrs, backend, traits }),
    });
  }
  return () => {
    for (const [name] of missing) unregisterKernel(name, backendName);
  };
}
