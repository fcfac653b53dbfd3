import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { compileWasmKernels, wasmKernelsFile } from './wasm-kernels';

it('the kernels in backend-wasm are those of its assembly folder; if not, `npm run wasm-kernels`', async () => {
  expect(await readFile(wasmKernelsFile, 'utf8')).toBe(await compileWasmKernels());
});
