import type { Contestant } from '../../packages/cli/src/bench/contestant';
import type { Setting } from './setting';
import { startScript } from './start-script';

/** The network of this repository in a page: on backend-onnx, with onnxruntime-web's WebAssembly, or on backend-wasm. */
export function startDiffirWeb(name: string, backend: string, setting: Setting): Promise<Contestant> {
  if (backend !== 'onnx' && backend !== 'wasm') {
    throw new RangeError(`${name}: diffirweb:onnx and diffirweb:wasm are known`);
  }
  return startScript(name, 'diffirweb-process.ts', [
    setting.weights,
    setting.recorded,
    String(setting.threads),
    backend,
  ]);
}
