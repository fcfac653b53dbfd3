import { main } from 'assemblyscript/asc';

/** Scripts and tests are run from the repository's root. */
const folder = 'packages/backends/wasm';
/** Where the compiled kernels are kept, as source. */
export const wasmKernelsFile = `${folder}/src/simd/simd-code.ts`;

/**
 * Compiles `packages/backends/wasm/assembly` for SIMD and for relaxed SIMD and gives the source file that holds
 * both, so that neither a build nor a bundler has to know about WebAssembly.
 */
export async function compileWasmKernels(): Promise<string> {
  const [plain, relaxed] = [await compile('simd'), await compile('simd,relaxed-simd')];
  return [
    '// Compiled from ../../assembly by `npm run wasm-kernels`; not to be edited.',
    '',
    '/** For every engine with SIMD, in base64. */',
    `export const simdCode =\n  '${plain}';`,
    '',
    '/** For engines with relaxed SIMD: products and sums in one instruction. */',
    `export const relaxedSimdCode =\n  '${relaxed}';`,
    '',
  ].join('\n');
}

async function compile(features: string): Promise<string> {
  const files = new Map<string, Uint8Array>();
  const { error, stderr } = await main(
    [
      'assembly/index.ts',
      ...['--outFile', 'kernels.wasm', '--enable', features],
      // The memory is TensorFlow.js'; nothing is allocated, collected or checked here.
      ...['--importMemory', '--runtime', 'stub', '--noAssert', '--noExportMemory'],
      ...['--optimizeLevel', '3', '--shrinkLevel', '0', '--converge'],
      ...['--baseDir', folder],
    ],
    {
      writeFile: (name: string, contents: string | Uint8Array) => {
        if (contents instanceof Uint8Array) files.set(name, contents);
      },
    },
  );
  const code = files.get('kernels.wasm');
  if (error !== null || code === undefined)
    throw new Error(`the kernels do not compile: ${stderr.toString()}`);
  return Buffer.from(code).toString('base64');
}
