import type { Contestant } from '../../packages/cli/src/bench/contestant';
import type { Setting } from './setting';
import { startScript } from './start-script';

/** The network of this repository on one of its backends. */
export function startDiffir(name: string, backend: string, setting: Setting): Promise<Contestant> {
  return startScript(name, 'diffir-process.ts', [backend, setting.weights, setting.recorded]);
}
