import { progressShare, type RunState } from './run-state';

/** Quarters are told and nothing in between, so that a screen reader is not kept talking. */
const STEP = 25;

/** What a screen reader says of a run; the same text as long as there is nothing new to say. */
export function announcement(state: RunState): string {
  switch (state.phase) {
    case 'idle':
      return state.cancelled ? 'Cancelled.' : '';
    case 'loading':
      return `Loading the model${percent(state)}.`;
    case 'restoring':
      return `Restoring${percent(state)}.`;
    case 'done':
      return 'Restored. The result is ready to compare and to download.';
    case 'failed':
      // The error stands in an alert, which is read out by itself.
      return '';
  }
}

function percent(state: RunState): string {
  const share = progressShare(state);
  return share === undefined ? '' : `: ${Math.floor((share * 100) / STEP) * STEP} percent`;
}
