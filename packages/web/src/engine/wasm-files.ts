import type { WasmFile } from '@diffir/backend-wasm';

/**
 * Where TensorFlow.js's .wasm files lie: beside the build. Each is written out in this form, so that bundlers
 * find it; only the one that fits the browser is fetched.
 */
export function wasmFiles(): Readonly<Record<WasmFile, string>> {
  return {
    'tfjs-backend-wasm.wasm': new URL('./wasm/tfjs-backend-wasm.wasm', import.meta.url).href,
    'tfjs-backend-wasm-simd.wasm': new URL('./wasm/tfjs-backend-wasm-simd.wasm', import.meta.url).href,
    'tfjs-backend-wasm-threaded-simd.wasm': new URL(
      './wasm/tfjs-backend-wasm-threaded-simd.wasm',
      import.meta.url,
    ).href,
  };
}

/** What the threads run; not called .js, so that no bundler takes it for code and minifies it. */
export function threadScript(): string {
  return new URL('./wasm/tfjs-backend-wasm-threaded-simd.js.txt', import.meta.url).href;
}
