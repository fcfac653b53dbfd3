import type { Contestant } from '../../packages/cli/src/bench/contestant';
import type { Setting } from './setting';
import { startScript } from './start-script';

/** onnxruntime-node on an exported network, on the CPU. */
export function startOrt(name: string, file: string, { recorded, threads }: Setting): Promise<Contestant> {
  return startScript(name, 'ort-process.ts', [file, recorded, String(threads)]);
}
