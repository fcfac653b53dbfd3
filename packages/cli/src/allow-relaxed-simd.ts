import { setFlagsFromString } from 'node:v8';

/**
 * Lets WebAssembly multiply and add in one instruction on Node 20 too, where V8 has it behind a flag one version
 * before it is always on. Works as long as nothing is compiled yet, in this thread and in those it starts.
 */
export function allowRelaxedSimd(): void {
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major < 22) setFlagsFromString('--experimental-wasm-relaxed-simd');
}
