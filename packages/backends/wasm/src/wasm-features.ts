/** The smallest module with a SIMD instruction in it: a function that splats a constant and drops it. */
const simdModule = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // "\0asm", version 1
  ...[0x01, 0x04, 0x01, 0x60, 0x00, 0x00], // types: one, () -> ()
  ...[0x03, 0x02, 0x01, 0x00], // functions: one, of type 0
  ...[0x0a, 0x09, 0x01, 0x07, 0x00], // code: one body of 7 bytes, no locals
  ...[0x41, 0x00, 0xfd, 0x0f, 0x1a, 0x0b], // i32.const 0, i8x16.splat, drop, end
);

/** What the WebAssembly engine here offers to TensorFlow.js; undefined without WebAssembly. */
export interface WasmFeatures {
  readonly simd: boolean;
  /** Threads TensorFlow.js can use at most: more than one only in cross-origin isolated pages and workers. */
  readonly threads: number;
}

/** Looks at the engine without loading anything. */
export function detectWasmFeatures(): WasmFeatures | undefined {
  if (typeof WebAssembly !== 'object') return undefined;
  const simd = WebAssembly.validate(simdModule);
  // TensorFlow.js has threads only in its SIMD build, and switches them off in Node.
  const threaded = simd && globalThis.crossOriginIsolated === true;
  // It takes two logical cores for one physical core, and no more threads than those.
  const threads = threaded ? Math.max(1, Math.floor(navigator.hardwareConcurrency / 2)) : 1;
  return { simd, threads };
}

/** E.g. "WebAssembly SIMD, 1 thread". */
export function describeWasm({ simd, threads }: WasmFeatures): string {
  return `WebAssembly${simd ? ' SIMD' : ''}, ${threads} thread${threads === 1 ? '' : 's'}`;
}
