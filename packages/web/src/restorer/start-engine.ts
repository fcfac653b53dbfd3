import type { Engine } from '../engine/engine';
import { remoteEngine } from '../rpc/remote-engine';
import type { RestorerOptions } from './options';

/** An engine and the way to be rid of it. */
export interface StartedEngine {
  readonly engine: Engine;
  /** Whether `end` stops what is under way. */
  readonly interruptible: boolean;
  /** Gives up whatever is under way, and all memory. */
  end(): Promise<void>;
}

/** Starts an engine where the options say. */
export async function startEngine({
  thread = 'worker',
  createWorker = packageWorker,
}: Pick<RestorerOptions, 'thread' | 'createWorker'>): Promise<StartedEngine> {
  if (thread === 'page') {
    const { createLocalEngine } = await import('../engine/local-engine');
    const engine = createLocalEngine();
    return { engine, interruptible: false, end: () => engine.close() };
  }
  const worker = createWorker();
  return {
    engine: remoteEngine(worker),
    interruptible: true,
    end: async () => worker.terminate(),
  };
}

/** Written out in this form, so that bundlers find the worker. */
function packageWorker(): Worker {
  return new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
}
