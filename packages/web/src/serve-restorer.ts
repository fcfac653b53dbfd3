import type { Plugin } from '@diffir/core';
import { createLocalEngine } from './engine/local-engine';
import { type Call, LISTENING } from './rpc/messages';
import { answerCall } from './rpc/serve-engine';

export interface ServeOptions {
  /** Installed beside the built-in models, tasks and backends. */
  readonly plugins?: readonly Plugin[];
}

/**
 * Makes the worker that calls this one for `createRestorer`. Only workers with plugins of their own need it.
 * @example
 * // my-worker.js, started by createWorker: () => new Worker(new URL('./my-worker.js', import.meta.url), { type: 'module' })
 * serveRestorer({ plugins: [myPlugin] });
 */
export function serveRestorer({ plugins = [] }: ServeOptions = {}): void {
  const engine = createLocalEngine(plugins);
  globalThis.addEventListener('message', ({ data }: MessageEvent<Call>) => void answerCall(engine, data));
  globalThis.postMessage(LISTENING);
}
