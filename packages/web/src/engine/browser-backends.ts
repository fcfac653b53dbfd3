import { backendRanks, definePlugin } from '@diffir/core';
import { lazyBackend } from './lazy-backend';
import { threadScript, wasmFiles } from './wasm-files';

/** The backends that a page has without asking; only those that are tried are fetched. */
export const browserBackends = definePlugin({
  name: '@diffir/web',
  backends: [
    lazyBackend({
      id: 'webgpu',
      description: 'the GPU, through WebGPU',
      rank: backendRanks.webgpu,
      obstacle: () =>
        'gpu' in navigator ? undefined : { available: false, reason: 'there is no navigator.gpu here' },
      load: async () => (await import('@diffir/backend-webgpu')).webgpuBackend,
    }),
    lazyBackend({
      id: 'wasm',
      description: 'WebAssembly on the CPU, through XNNPACK',
      rank: backendRanks.wasm,
      load: async () =>
        (await import('@diffir/backend-wasm')).createWasmBackend({
          wasmPaths: wasmFiles(),
          threadScript: threadScript(),
        }),
    }),
    lazyBackend({
      id: 'cpu',
      description: 'plain JavaScript',
      rank: backendRanks.cpu,
      load: async () => (await import('@diffir/backend-cpu')).cpuBackend,
    }),
  ],
});
