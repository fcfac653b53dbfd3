import { describe, expect, it } from 'vitest';
import { createLossWindow } from './loss-window';

describe('loss window', () => {
  it('has the means since it was last read, and the speed without pauses', () => {
    let now = 1000;
    const window = createLossWindow(() => now);
    const add = (iteration: number, total: number) =>
      window.add({ iteration, losses: { total }, gradientNorm: 2 * total });
    add(1, 1);
    add(2, 3);
    window.pause(2);
    now += 6000;
    expect(window.take()).toEqual({ losses: { total: 2 }, gradientNorm: 4, iterationsPerSecond: 0.5 });
    add(3, 5);
    now += 1000;
    expect(window.take()).toEqual({ losses: { total: 5 }, gradientNorm: 10, iterationsPerSecond: 1 });
  });
});
