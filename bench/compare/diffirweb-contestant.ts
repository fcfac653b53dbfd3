import type { Contestant } from '../../packages/cli/src/bench/contestant';
import type { Setting } from './setting';
import { startScript } from './start-script';

/** The network of this repository on backend-onnx in a page, with onnxruntime-web's WebAssembly. */
export function startDiffirWeb(name: string, backend: string, setting: Setting): Promise<Contestant> {
  if (backend !== 'onnx') throw new RangeError(`${name}: only diffirweb:onnx is known`);
  return startScript(name, 'diffirweb-process.ts', [
    setting.weights,
    setting.recorded,
    String(setting.threads),
  ]);
}
