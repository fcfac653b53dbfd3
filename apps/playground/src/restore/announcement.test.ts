import { describe, expect, it } from 'vitest';
import { announcement } from './announcement';

describe('what a screen reader says', () => {
  const restoring = (done: number) =>
    announcement({ phase: 'restoring', work: { begun: 0, at: 0, done, total: 100 } });

  it('tells quarters only', () => {
    expect(restoring(0)).toBe('Restoring.');
    expect(restoring(30)).toBe('Restoring: 25 percent.');
    expect(restoring(49)).toBe(restoring(25));
    expect(restoring(100)).toBe('Restoring: 100 percent.');
  });

  it('tells loading, end and cancellation, and leaves errors to the alert', () => {
    expect(announcement({ phase: 'idle' })).toBe('');
    expect(announcement({ phase: 'loading', receivedBytes: 60, totalBytes: 100 })).toBe(
      'Loading the model: 50 percent.',
    );
    expect(announcement({ phase: 'done' })).toMatch(/^Restored\./);
    expect(announcement({ phase: 'idle', cancelled: true })).toBe('Cancelled.');
    expect(announcement({ phase: 'failed', words: { title: 'a', detail: 'b' } })).toBe('');
  });
});
