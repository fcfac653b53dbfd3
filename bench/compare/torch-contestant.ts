import type { Contestant } from '../../packages/cli/src/bench/contestant';
import { startProcess } from '../../packages/cli/src/bench/process-contestant';
import type { Setting } from './setting';

/** PyTorch eager, with the published code from a checkout: see bench/peers/time_torch.py. */
export function startTorch(name: string, preset: string, setting: Setting): Promise<Contestant> {
  const { python, checkout, weights, recorded, threads, pythonPath } = setting;
  return startProcess({
    name,
    command: python,
    arguments: ['bench/peers/time_torch.py', checkout, preset, weights, recorded, String(threads)],
    env: {
      OMP_NUM_THREADS: String(threads),
      OPENBLAS_NUM_THREADS: String(threads),
      PYTHONDONTWRITEBYTECODE: '1',
      ...(pythonPath !== undefined && { PYTHONPATH: pythonPath }),
    },
  });
}
