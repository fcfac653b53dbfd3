import { type BackendDefinition, definePlugin } from '@diffir/core';
import { dawnGpu } from './dawn-gpu';
import { type WebGPUBackendOptions, webgpuBackendOver } from './webgpu-backend';

export { type BlockAccount, type BlockSizes, blockAccount } from './fused/block-account';
export type { FusedStep, Traffic } from './fused/fused-step';
export { type Dispatch, profileDispatches } from './profile-dispatches';
export type { WebGPUBackendOptions } from './webgpu-backend';

export interface DawnBackendOptions extends WebGPUBackendOptions {
  /** Dawn's own flags, e.g. `adapter=<name>` or `backend=vulkan`. */
  readonly dawnFlags?: readonly string[];
}

/** The WebGPU backend over Dawn, from the optional package `webgpu`. */
export function createWebGPUBackend({
  dawnFlags = [],
  ...options
}: DawnBackendOptions = {}): BackendDefinition {
  return webgpuBackendOver(dawnGpu(dawnFlags), options);
}

/** The WebGPU backend with default options. */
export const webgpuBackend: BackendDefinition = createWebGPUBackend();

/** The WebGPU backend as a plugin. */
export const webgpuPlugin = definePlugin({ name: '@diffir/backend-webgpu', backends: [webgpuBackend] });
