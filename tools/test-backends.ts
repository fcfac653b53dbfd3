// Test files of packages below the backends reach them through here: packages may not import them.
export { cpuBackend } from '@diffir/backend-cpu';
export { wasmBackend } from '@diffir/backend-wasm';
export { webgpuBackend } from '@diffir/backend-webgpu';
