import { BackendUnavailableError } from '@diffir/core';

/**
 * Makes TensorFlow.js's threads run the script as it was published. By itself TensorFlow.js hands them the
 * source of its own function (`toString`), and what a minifier makes of that refers to names outside it.
 * @param address of `tfjs-backend-wasm-threaded-simd.js` from `@tensorflow/tfjs-backend-wasm/wasm-out`
 * @throws BackendUnavailableError when it cannot be fetched
 */
export async function useThreadScript(address: string): Promise<void> {
  const [factory, source] = await Promise.all([loadFactory(), fetchText(address)]);
  // TensorFlow.js puts `var WasmBackendModuleThreadedSimd = ` in front; the script assigns it itself.
  Object.defineProperty(factory, 'toString', { value: () => `undefined;\n${source}`, configurable: true });
}

async function loadFactory(): Promise<object> {
  const module = await import('@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js');
  // CommonJS: what it exports is the default export, or the module itself.
  return module.default ?? module;
}

async function fetchText(address: string): Promise<string> {
  const response = await fetch(address);
  if (response.ok) return response.text();
  throw new BackendUnavailableError({
    subject: 'wasm',
    problem: `${address}: the server answers ${response.status}`,
    remedy: 'see that all files of the build are served',
  });
}
