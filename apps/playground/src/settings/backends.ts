/** Ways to compute, in the visitor's words. */
export const backends = [
  { id: 'auto', label: 'Automatic' },
  { id: 'webgpu', label: 'Graphics card (WebGPU)' },
  { id: 'wasm', label: 'Processor (WebAssembly)' },
] as const;
