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
  /** Threads to use: more than one only in cross-origin isolated pages and workers. */
  readonly threads: number;
  /** Threads that can be used at most. */
  readonly mostThreads: number;
}

/** Looks at the engine without loading anything. */
export function detectWasmFeatures(): WasmFeatures | undefined {
  if (typeof WebAssembly !== 'object') return undefined;
  const simd = WebAssembly.validate(simdModule);
  // TensorFlow.js has threads only in its SIMD build, and switches them off in Node.
  const threaded = simd && globalThis.crossOriginIsolated === true;
  const cores = threaded ? navigator.hardwareConcurrency : 1;
  // Two logical cores may be one physical core, whose second thread brings little; but the second of two is worth it.
  const threads = Math.max(Math.min(2, cores), Math.floor(cores / 2));
  return { simd, threads, mostThreads: cores };
}

/** E.g. "WebAssembly SIMD, 1 thread". */
export function describeWasm({ simd, threads }: Omit<WasmFeatures, 'mostThreads'>): string {
  return `WebAssembly${simd ? ' SIMD' : ''}, ${threads} thread${threads === 1 ? '' : 's'}`;
}
