import { definePlugin } from '@diffir/core';
import { wasmBackend } from './wasm-backend';

export { createWasmBackend, type WasmBackendOptions, type WasmFile, wasmBackend } from './wasm-backend';

/** The WebAssembly backend as a plugin. */
export const wasmPlugin = definePlugin({ name: '@diffir/backend-wasm', backends: [wasmBackend] });
