import { describe, expect, it } from 'vitest';
import { nextRunState, progressShare, type RunEvent, type RunState } from './run-state';

const words = { title: 'It failed', detail: 'for a test' };
const pixels = (pixelsDone: number, at: number): RunEvent => ({
  kind: 'pixels',
  pixelsDone,
  pixelsTotal: 100,
  at,
});
const after = (...events: RunEvent[]) => events.reduce<RunState>(nextRunState, { phase: 'idle' });

describe('a run', () => {
  it('goes from loading over restoring to its end', () => {
    expect(after({ kind: 'start' })).toEqual({ phase: 'loading', receivedBytes: 0 });
    const download = { kind: 'download', receivedBytes: 5, totalBytes: 10 } as const;
    expect(after({ kind: 'start' }, download)).toEqual({
      phase: 'loading',
      receivedBytes: 5,
      totalBytes: 10,
    });
    expect(after({ kind: 'start' }, pixels(0, 10))).toMatchObject({ phase: 'restoring' });
    expect(after({ kind: 'start' }, { kind: 'finish' })).toEqual({ phase: 'done' });
    expect(after({ kind: 'start' }, { kind: 'fail', words })).toEqual({ phase: 'failed', words });
    expect(after({ kind: 'start' }, { kind: 'cancel' })).toEqual({ phase: 'idle', cancelled: true });
  });

  it('counts from the last report of nothing done', () => {
    const state = after({ kind: 'start' }, pixels(0, 10), pixels(0, 40), pixels(25, 90), pixels(50, 140));
    expect(state).toEqual({ phase: 'restoring', work: { begun: 40, at: 140, done: 50, total: 100 } });
  });

  it('is not brought back by reports that come late', () => {
    const cancelled = after({ kind: 'start' }, { kind: 'cancel' });
    expect(nextRunState(cancelled, pixels(5, 1))).toBe(cancelled);
    expect(nextRunState(cancelled, { kind: 'download', receivedBytes: 1 })).toBe(cancelled);
  });

  it('is dismissed only once it is over', () => {
    expect(after({ kind: 'start' }, { kind: 'fail', words }, { kind: 'dismiss' })).toEqual({ phase: 'idle' });
    expect(after({ kind: 'start' }, { kind: 'dismiss' })).toMatchObject({ phase: 'loading' });
  });
});

describe('the share that is done', () => {
  it('is that of the download, then that of the pixels', () => {
    const start: RunEvent = { kind: 'start' };
    expect(progressShare(after(start))).toBeUndefined();
    const share = (receivedBytes: number) =>
      progressShare(after(start, { kind: 'download', receivedBytes, totalBytes: 10 }));
    expect(share(5)).toBe(0.5);
    expect(share(10)).toBeUndefined();
    expect(progressShare(after(start, pixels(0, 0)))).toBeUndefined();
    expect(progressShare(after(start, pixels(0, 0), pixels(25, 10)))).toBe(0.25);
    expect(progressShare({ phase: 'done' })).toBeUndefined();
  });
});
