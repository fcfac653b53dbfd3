import { setFlagsFromString } from 'node:v8';
import { expect, it } from 'vitest';
import { relaxedSimdCode } from './simd-code';
import { decodeKernels } from './simd-module';

// Node 20 has relaxed SIMD behind a flag, later ones always. Before a backend starts, hence the late import.
setFlagsFromString('--experimental-wasm-relaxed-simd');
await import('../testing/every-kernel');

it('ran with relaxed SIMD', () => {
  expect(WebAssembly.validate(decodeKernels(relaxedSimdCode))).toBe(true);
});
