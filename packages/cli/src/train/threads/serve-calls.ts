import { parentPort } from 'node:worker_threads';
import { DiffIRError, toPlainError } from '@diffir/core';
import type { ThreadAnswer, ThreadCall } from './thread-protocol';

/** What a thread can be asked for, by name. */
export type CallHandlers = Readonly<Record<string, (argument: never) => Promise<unknown>>>;

/** Answers the calls of `startTrainingThread`, one after the other, as soon as the handlers are ready. */
export function serveCalls(opening: Promise<CallHandlers>): void {
  // Who asks first is told.
  opening.catch(() => {});
  let last: Promise<unknown> = Promise.resolve();
  parentPort?.on('message', (call: ThreadCall) => {
    last = last.then(() => answer(opening, call));
  });
}

async function answer(opening: Promise<CallHandlers>, { method, argument }: ThreadCall): Promise<void> {
  let result: ThreadAnswer;
  try {
    const handler = (await opening)[method];
    if (handler === undefined) throw new DiffIRError({ subject: method, problem: 'no such call' });
    // The two ends agree on the argument of each method.
    result = { value: await handler(argument as never) };
  } catch (error) {
    result = { error: toPlainError(error) };
  }
  parentPort?.postMessage(result);
}
