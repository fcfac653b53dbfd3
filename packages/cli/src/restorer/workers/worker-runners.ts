import { availableParallelism, totalmem } from 'node:os';
import {
  createRunnerPool,
  type NetworkRunner,
  type PixelSize,
  type RunnerChooser,
  type RunnerSetup,
} from '@diffir/core';
import { startWorkerThread } from './start-worker-thread';
import { hasOwnWorkers } from './worker-entry';
import type { WorkerPlugins } from './worker-protocol';

export interface WorkerOptions {
  /** How many threads, 0 for none beside the program's own, or `auto`: as it pays. */
  readonly workers?: number | 'auto';
  readonly plugins?: WorkerPlugins;
  /** Folder that relative paths of checkpoints start from. */
  readonly cwd: string;
}

/**
 * Multiply–accumulates a second, roughly, of the backends that compute on the calling thread and would
 * leave a core idle and the program deaf.
 */
const macsPerSecond: Readonly<Record<string, number>> = { wasm: 8e9, cpu: 0.25e9 };
/** A worker takes half a second to start; a picture done in less than this is done before it pays. */
const WORTHWHILE_SECONDS = 1;
/** Pictures rarely have more tiles than that at once, and memory is rarely there for more. */
const MOST_AUTO_WORKERS = 4;
/** Share of the machine's memory that the workers' networks may fill. */
const MEMORY_SHARE = 0.5;

/**
 * Has pictures worked on by worker threads: as many as asked for, or with `auto` one for each core once a
 * picture is large enough. Threads stay until the restorer is disposed.
 */
export function workerRunners(options: WorkerOptions): (setup: RunnerSetup) => RunnerChooser {
  const { workers = 'auto' } = options;
  return (setup) => {
    const speed = macsPerSecond[setup.backend.id];
    const auto = workers === 'auto';
    const size = auto ? autoWorkers() : workers;
    if (speed === undefined || size === 0) return { choose: () => setup.local, dispose() {} };
    const pool = createRunnerPool({
      size,
      memoryBytes: MEMORY_SHARE * machineMemory(),
      startThread: () => startWorkerThread(workerSetup(options, setup)),
    });
    const seconds = ({ height, width }: PixelSize) => setup.macs(height, width) / speed;
    const choose = (picture: PixelSize): NetworkRunner =>
      !auto || pool.running || seconds(picture) > WORTHWHILE_SECONDS ? pool : setup.local;
    return { choose, dispose: () => pool.dispose() };
  };
}

function autoWorkers(): number {
  return hasOwnWorkers() ? Math.min(availableParallelism(), MOST_AUTO_WORKERS) : 0;
}

/** Bytes this process may use: the machine's, or what its container is limited to. */
function machineMemory(): number {
  const total = totalmem();
  // Without a limit this is 0, undefined, or a number beyond any machine.
  const limit = process.constrainedMemory() || total;
  return Math.min(limit, total);
}

function workerSetup({ plugins, cwd }: WorkerOptions, { task, model, backend }: RunnerSetup) {
  const { name, location } = model;
  return {
    ...(plugins && { plugins }),
    cwd,
    task,
    model: { name, location: location instanceof URL ? location.href : location },
    backend: backend.id,
  };
}
