import { createOnnxBackend } from '@diffir/backend-onnx';
import { createWebGPUBackend } from '@diffir/backend-webgpu';
import type { BackendDefinition } from '@diffir/core';

/** Ways to compute a network on a GPU, by the names of `bench/gpu.ts`. */
export const gpuBackends: Readonly<Record<string, () => BackendDefinition>> = {
  /** The networks' blocks composed of TensorFlow.js' own kernels. */
  plain: () => createWebGPUBackend({ fusedKernels: false }),
  fused: () => createWebGPUBackend(),
  'fused-f16': () => createWebGPUBackend({ halfPrecision: true }),
  /** The graph of `diffir export` in onnxruntime's WebGPU provider. */
  onnxruntime: () => createOnnxBackend({ load: loadOnnxRuntime, provider: 'webgpu' }),
};

async function loadOnnxRuntime() {
  const module = await import('onnxruntime-node');
  return module.default;
}
