import type { ErrorWords } from './error-words';
import type { WorkDone } from './remaining-time';

/** Where a restoration stands. */
export type RunState =
  | { readonly phase: 'idle'; readonly cancelled?: boolean }
  /** The model is fetched (bytes known once they come) and the backend started. */
  | { readonly phase: 'loading'; readonly receivedBytes: number; readonly totalBytes?: number }
  | { readonly phase: 'restoring'; readonly work: WorkDone }
  | { readonly phase: 'done' }
  | { readonly phase: 'failed'; readonly words: ErrorWords };

export type RunEvent =
  | { readonly kind: 'start' }
  | { readonly kind: 'download'; readonly receivedBytes: number; readonly totalBytes?: number }
  | {
      readonly kind: 'pixels';
      readonly pixelsDone: number;
      readonly pixelsTotal: number;
      readonly at: number;
    }
  | { readonly kind: 'finish' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'fail'; readonly words: ErrorWords }
  | { readonly kind: 'dismiss' };

export function isRunning({ phase }: RunState): boolean {
  return phase === 'loading' || phase === 'restoring';
}

/** The state after an event. Progress that arrives after the end changes nothing. */
export function nextRunState(state: RunState, event: RunEvent): RunState {
  switch (event.kind) {
    case 'start':
      return { phase: 'loading', receivedBytes: 0 };
    case 'download': {
      const { kind: _, ...download } = event;
      return isRunning(state) ? { phase: 'loading', ...download } : state;
    }
    case 'pixels':
      return isRunning(state) ? { phase: 'restoring', work: workDone(state, event) } : state;
    case 'finish':
      return { phase: 'done' };
    case 'cancel':
      return { phase: 'idle', cancelled: true };
    case 'fail':
      return { phase: 'failed', words: event.words };
    case 'dismiss':
      return isRunning(state) ? state : { phase: 'idle' };
  }
}

/** Work begins with the last report of nothing done: what comes before it is preparation. */
function workDone(state: RunState, { pixelsDone, pixelsTotal, at }: RunEvent & { kind: 'pixels' }): WorkDone {
  const begun = state.phase === 'restoring' && pixelsDone > 0 ? state.work.begun : at;
  return { begun, at, done: pixelsDone, total: pixelsTotal };
}

/** The share of the present phase that is done, 0 to 1; undefined where that cannot be told. */
export function progressShare(state: RunState): number | undefined {
  if (state.phase === 'loading') {
    const { receivedBytes, totalBytes } = state;
    // Once all is there the backend starts, which takes as long as it takes.
    if (totalBytes === undefined || receivedBytes === 0 || receivedBytes >= totalBytes) return undefined;
    return receivedBytes / totalBytes;
  }
  if (state.phase !== 'restoring' || state.work.done === 0) return undefined;
  return Math.min(1, state.work.done / state.work.total);
}
