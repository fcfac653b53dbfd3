/** Compiles the kernels of backend-wasm after a change: `npm run wasm-kernels`. */
import { writeFile } from 'node:fs/promises';
import { compileWasmKernels, wasmKernelsFile } from '../tools/wasm-kernels';

await writeFile(wasmKernelsFile, await compileWasmKernels());
