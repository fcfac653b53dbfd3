import { describe, expect, it } from 'vitest';
import type { Contestant } from './contestant';
import { interleave } from './interleave';

function contestant(name: string, log: string[], failAt = Number.POSITIVE_INFINITY): Contestant {
  let passes = 0;
  return {
    name,
    device: 'nothing',
    forward: async () => {
      passes++;
      log.push(name);
      if (passes === failAt) throw new RangeError('too much');
      return { seconds: passes, peakBytes: 1 };
    },
    end: async () => {},
  };
}

describe('interleave', () => {
  it('lets contestants take turns', async () => {
    const log: string[] = [];
    const timings = await interleave([contestant('a', log), contestant('b', log)], { rounds: 3 });
    expect(log.join('')).toBe('ababab');
    expect(timings.map(({ measurements }) => measurements.map(({ seconds }) => seconds))).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });

  it('goes on without one that fails', async () => {
    const log: string[] = [];
    const [a, b] = await interleave([contestant('a', log, 2), contestant('b', log)], { rounds: 3 });
    expect(log.join('')).toBe('ababb');
    expect(a?.error).toBeInstanceOf(RangeError);
    expect(a?.measurements).toHaveLength(1);
    expect(b).not.toHaveProperty('error');
  });

  it('stops between passes when it is interrupted', async () => {
    const log: string[] = [];
    const interruption = new AbortController();
    const reason = new RangeError('enough');
    const run = interleave([contestant('a', log), contestant('b', log)], {
      rounds: 9,
      signal: interruption.signal,
      onMeasured: (name) => name === 'b' && interruption.abort(reason),
    });
    await expect(run).rejects.toBe(reason);
    expect(log.join('')).toBe('ab');
  });
});
