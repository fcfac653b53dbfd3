import { availableParallelism } from 'node:os';
import {
  createRunnerPool,
  type NetworkRunner,
  type PixelSize,
  type RunnerChooser,
  type RunnerPool,
  type RunnerSetup,
  type RunnerThread,
} from '@diffir/core';
import { availableMemory } from './available-memory';
import { measureSpeed, nominalSpeed, usefulThreads } from './network-speed';
import { startWorkerThread } from './start-worker-thread';
import { hasOwnWorkers } from './worker-entry';
import type { WorkerPlugins, WorkerSetup } from './worker-protocol';

export interface WorkerOptions {
  /** How many threads, 0 for none beside the program's own, or `auto`: as it pays. */
  readonly workers?: number | 'auto';
  readonly plugins?: WorkerPlugins;
  /** Folder that relative paths of checkpoints start from. */
  readonly cwd: string;
  /** Bytes that the networks' work may take, if the user says. */
  readonly maxMemoryBytes?: number;
  /** What `auto` makes of this machine; default: what it is. */
  readonly machine?: Machine;
}

/** What `auto` goes by, and what starts a thread. */
interface Machine {
  /** Most threads that `auto` takes; 0 where workers cannot run. */
  readonly threads: number;
  /** Multiply–accumulates a second of a network on the calling thread. */
  readonly speed: (setup: RunnerSetup) => number | undefined;
  readonly startThread: (setup: WorkerSetup) => RunnerThread;
}

/** Has a restorer's pictures worked on by worker threads. */
export interface WorkerRunners {
  /** What the restorer is created with. */
  readonly runners: (setup: RunnerSetup) => RunnerChooser;
  /**
   * How many pictures of a batch to restore at once. Where the batch as a whole is worth it, workers get
   * also pictures that would not be worth starting them for.
   * @param sizes of the pictures, as far as they are known
   */
  planBatch(sizes: readonly PixelSize[]): number;
}

/**
 * The calling thread takes no picture that it would be deaf for longer than this, by estimate: half of the
 * second within which an abort is promised to be heard.
 */
const MOST_DEAF_SECONDS = 0.5;
/** A picture below this is not worth measuring the machine's speed for: it may be 25 times slower. */
const SURELY_SHORT_SECONDS = 0.02;
/** Workers take about a second to start; a batch that is done in less than this is done before they pay. */
const WORTHWHILE_BATCH_SECONDS = 2;
/** Pictures rarely have more tiles than that at once, and memory is rarely there for more. */
const MOST_AUTO_WORKERS = 4;
/** Share of the machine's memory that the workers' networks may fill. */
const MEMORY_SHARE = 0.5;

const thisMachine: Machine = {
  get threads() {
    return hasOwnWorkers() ? Math.min(availableParallelism(), MOST_AUTO_WORKERS) : 0;
  },
  speed: ({ backend }) => measureSpeed(backend),
  startThread: startWorkerThread,
};

/**
 * Worker threads: as many as asked for, or with `auto` as many as the cores that a thread of the backend
 * leaves idle, once a picture or a batch is large enough. Threads stay until the restorer is disposed.
 */
export function workerRunners(options: WorkerOptions): WorkerRunners {
  let planBatch: WorkerRunners['planBatch'] = () => 1;
  return {
    runners(setup) {
      const chooser = workerChooser(options, setup);
      planBatch = chooser.planBatch;
      return chooser;
    },
    planBatch: (sizes) => planBatch(sizes),
  };
}

function workerChooser(
  options: WorkerOptions,
  setup: RunnerSetup,
): RunnerChooser & Pick<WorkerRunners, 'planBatch'> {
  const { workers = 'auto', machine = thisMachine } = options;
  const size = workers === 'auto' ? usefulThreads(setup.backend.id, machine.threads) : workers;
  if (nominalSpeed(setup.backend.id) === undefined || size === 0) {
    return { choose: () => setup.local, planBatch: () => 1, dispose() {} };
  }
  const pool = createPool(size, options, setup);
  const secondsFor = workEstimate(setup, machine);
  let always = workers !== 'auto';
  return {
    choose({ requestBytes, ...picture }): NetworkRunner {
      if (!always && !pool.running && secondsFor(picture) <= MOST_DEAF_SECONDS) return setup.local;
      return requestBytes === undefined ? pool : pool.forRequestsOf(requestBytes);
    },
    planBatch(sizes) {
      const seconds = sizes.map(secondsFor);
      always ||= seconds.reduce((sum, each) => sum + each, 0) > WORTHWHILE_BATCH_SECONDS;
      return always || seconds.some((each) => each > MOST_DEAF_SECONDS) ? size : 1;
    },
    dispose: () => pool.dispose(),
  };
}

function createPool(size: number, options: WorkerOptions, setup: RunnerSetup): RunnerPool {
  const { machine = thisMachine, maxMemoryBytes = Number.POSITIVE_INFINITY } = options;
  return createRunnerPool({
    size,
    memoryBytes: Math.min(MEMORY_SHARE * availableMemory(), maxMemoryBytes),
    startThread: () => machine.startThread(workerSetup(options, setup)),
  });
}

/** Seconds that a picture takes on the calling thread. The machine's speed is measured when it matters. */
function workEstimate(setup: RunnerSetup, machine: Machine): (picture: PixelSize) => number {
  const nominal = nominalSpeed(setup.backend.id) ?? Number.POSITIVE_INFINITY;
  let measured: number | undefined;
  return ({ height, width }) => {
    const macs = setup.macs(height, width);
    if (macs / nominal <= SURELY_SHORT_SECONDS) return macs / nominal;
    measured ??= machine.speed(setup) ?? nominal;
    return macs / measured;
  };
}

function workerSetup({ plugins, cwd }: WorkerOptions, { task, model, backend }: RunnerSetup): WorkerSetup {
  const { name, location } = model;
  return {
    ...(plugins && { plugins }),
    cwd,
    task,
    model: { name, location: location instanceof URL ? location.href : location },
    backend: backend.id,
    // What compiles whole networks runs them in native code.
    interruptible: backend.compile === undefined,
  };
}
