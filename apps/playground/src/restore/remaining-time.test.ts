import { describe, expect, it } from 'vitest';
import { remainingSeconds } from './remaining-time';

describe('the remaining time', () => {
  const work = { begun: 1000, at: 3000, done: 25, total: 100 };

  it('goes on at the pace so far', () => {
    expect(remainingSeconds(work, 3000)).toBe(6);
    expect(remainingSeconds({ ...work, done: 100 }, 3000)).toBe(0);
  });

  it('counts down between two reports, not below nothing', () => {
    expect(remainingSeconds(work, 5000)).toBe(4);
    expect(remainingSeconds(work, 50_000)).toBe(0);
  });

  it('is unknown while nothing is done or hardly any time has passed', () => {
    expect(remainingSeconds({ ...work, done: 0 }, 3000)).toBeUndefined();
    expect(remainingSeconds({ ...work, at: 1100 }, 3000)).toBeUndefined();
  });
});
