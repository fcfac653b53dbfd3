import { settleOrAbort } from '@diffir/core/abort';
import type { CallHooks, Engine, EngineSetup } from '../engine/engine';
import type { DownloadProgress, RestorerFacts, RestorerOptions } from './options';
import { type StartedEngine, startEngine } from './start-engine';

/** A network that is made ready again when its engine had to be given up. */
export interface Session {
  /** What is known of the network, as of the last time it was made ready. */
  readonly facts: RestorerFacts;
  /** Whether `discard` stops what is under way. */
  readonly interruptible: boolean;
  /** The engine with the network ready. */
  engine(): Promise<Engine>;
  /** Gives the engine up. The next one starts afresh. */
  discard(): Promise<void>;
  /** Gives the engine up, and its backend with it. @returns false when it was given up before */
  passOver(problem: string): Promise<boolean>;
}

type Where = Pick<RestorerOptions, 'thread' | 'createWorker'>;

interface Opened extends StartedEngine {
  readonly facts: RestorerFacts;
}

/** Makes a network ready. @throws what `createRestorer` says */
export async function createSession(
  where: Where,
  setup: EngineSetup,
  hooks: CallHooks<DownloadProgress>,
): Promise<Session> {
  const lost = new Map<string, string>();
  let { facts, ...started } = await open(where, setup, hooks);
  let current: Promise<Opened> | undefined = Promise.resolve({ facts, ...started });

  const reopen = async (): Promise<Opened> => {
    // A backend that was asked for and lost is replaced by the best of the others.
    const { backend, ...rest } = setup;
    const wanted = lost.size > 0 || backend === undefined ? rest : setup;
    const opened = await open(where, { ...wanted, lostBackends: [...lost.keys()] }, {});
    const reasons = [opened.facts.backendReason, ...[...lost].map(([id, why]) => `not ${id}: ${why}`)];
    facts = { ...opened.facts, backendReason: reasons.join('; ') };
    return opened;
  };
  const discard = async () => {
    const opened = current;
    current = undefined;
    // What cannot be opened has ended already.
    await (await opened?.catch(() => undefined))?.end();
  };
  return {
    get facts() {
      return facts;
    },
    interruptible: started.interruptible,
    async engine() {
      current ??= reopen();
      return (await current).engine;
    },
    discard,
    async passOver(problem) {
      await discard();
      if (lost.has(facts.backend.id)) return false;
      lost.set(facts.backend.id, problem);
      return true;
    },
  };
}

async function open(
  where: Where,
  setup: EngineSetup,
  { signal, ...hooks }: CallHooks<DownloadProgress>,
): Promise<Opened> {
  const started = await startEngine(where);
  try {
    const opening = started.engine.open(setup, { ...hooks, ...(signal && { signal }) });
    return { ...started, facts: await settleOrAbort(opening, [signal]) };
  } catch (error) {
    await started.end();
    throw error;
  }
}
