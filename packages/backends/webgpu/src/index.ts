import { type BackendDefinition, definePlugin } from '@diffir/core';
import { browserGpu } from './browser-gpu';
import { type WebGPUBackendOptions, webgpuBackendOver } from './webgpu-backend';

export { type BlockAccount, type BlockSizes, blockAccount } from './fused/block-account';
export type { FusedStep, Traffic } from './fused/fused-step';
export { type Dispatch, profileDispatches } from './profile-dispatches';
export type { WebGPUBackendOptions } from './webgpu-backend';

/** The WebGPU backend over the browser's `navigator.gpu`. */
export function createWebGPUBackend(options: WebGPUBackendOptions = {}): BackendDefinition {
  return webgpuBackendOver(browserGpu, options);
}

/** The WebGPU backend with default options. */
export const webgpuBackend: BackendDefinition = createWebGPUBackend();

/** The WebGPU backend as a plugin. */
export const webgpuPlugin = definePlugin({ name: '@diffir/backend-webgpu', backends: [webgpuBackend] });
