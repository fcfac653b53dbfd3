import type { Contestant } from '../../packages/cli/src/bench/contestant';
import type { Setting } from './setting';
import { startScript } from './start-script';

/** onnxruntime-web's WebAssembly on an exported network, in headless Chromium. */
export function startOrtWeb(name: string, file: string, { recorded, threads }: Setting): Promise<Contestant> {
  return startScript(name, 'ortweb-process.ts', [file, recorded, String(threads)]);
}
