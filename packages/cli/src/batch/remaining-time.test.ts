import { describe, expect, it } from 'vitest';
import { createRemainingTime } from './remaining-time';

interface Simulation {
  /** The pieces' sizes in the order they are begun. */
  readonly pieces: readonly number[];
  readonly lanes?: number;
  readonly warmUp?: number;
  /** Seconds before the first piece is begun. */
  readonly startUp?: number;
  /** Seconds that a piece takes for its size. */
  readonly secondsFor?: (size: number, index: number) => number;
}

/**
 * Runs a job on a clock of its own, each piece on the worker that is free first.
 * @returns what was estimated once a tenth was done, and what it took from there
 */
function simulate({ pieces, lanes = 1, warmUp, startUp = 0, secondsFor = (size) => size }: Simulation) {
  let now = 0;
  const remaining = createRemainingTime({ lanes, ...(warmUp && { warmUp }), clock: () => now * 1000 });
  remaining.begin();
  now = startUp;
  remaining.begin();
  const free = Array.from({ length: lanes }, () => startUp);
  const ends = pieces.map((size, index) => {
    const lane = free.indexOf(Math.min(...free));
    const end = (free[lane] ?? 0) + secondsFor(size, index);
    free[lane] = end;
    return { end, size };
  });
  ends.sort((a, b) => a.end - b.end);
  const total = pieces.reduce((sum, size) => sum + size, 0);
  let done = 0;
  for (const { end, size } of ends) {
    now = end;
    remaining.add(size);
    done += size;
    if (done >= total / 10) break;
  }
  return { estimated: remaining.seconds(total - done), real: Math.max(...free) - now };
}

const equal = (count: number) => Array.from({ length: count }, () => 1);
/** Sizes from 0.2 to 4.2, in no order. */
const mixed = (count: number) =>
  Array.from({ length: count }, (_, index) => 0.2 + ((index * 7919) % 41) / 10);
/** Up to a sixth more or less, as other work on the machine makes it. */
const uneven = (size: number, index: number) => size * (1 + (((index * 31) % 13) - 6) / 36);

/** The first tile of each worker takes a quarter longer: without knowing that, the estimate is out. */
const warmingUp = (size: number, index: number) => (index < 2 ? 1.25 * size : size);

describe('the remaining time', () => {
  it.each([
    { of: 'equal tiles', pieces: equal(20) },
    { of: 'nine tiles, of which the first is more than a tenth', pieces: equal(9) },
    { of: 'a batch of mixed sizes', pieces: mixed(60) },
    { of: 'equal tiles on two workers', pieces: equal(40), lanes: 2 },
    { of: 'few tiles on two workers, where one is a tenth', pieces: equal(10), lanes: 2 },
    { of: 'mixed sizes on two workers', pieces: mixed(60), lanes: 2 },
    { of: 'mixed sizes on four workers', pieces: mixed(120), lanes: 4 },
    { of: 'a slow start', pieces: equal(20), startUp: 15 },
    { of: 'a slow start on two workers', pieces: mixed(60), lanes: 2, startUp: 60 },
    { of: 'tiles of which the first takes longer', pieces: equal(9), warmUp: 1.1, secondsFor: warmingUp },
    { of: 'such tiles on two workers', pieces: equal(10), lanes: 2, warmUp: 1.1, secondsFor: warmingUp },
    { of: 'uneven speed', pieces: mixed(60), lanes: 2, startUp: 5, secondsFor: uneven },
  ])('is right within 20 % after a tenth of $of', (simulation: Simulation) => {
    const { estimated = Number.NaN, real } = simulate(simulation);
    // What is promised.
    expect(Math.abs(estimated / real - 1)).toBeLessThan(0.2);
  });

  it('is unknown before anything is done, and falls while a piece is under way', () => {
    let now = 0;
    const remaining = createRemainingTime({ lanes: 1, clock: () => now });
    remaining.begin();
    now = 2000;
    expect(remaining.seconds(4)).toBeUndefined();
    remaining.add(1);
    expect(remaining.seconds(3)).toBe(6);
    now = 3000;
    expect(remaining.seconds(3)).toBe(5);
    now = 60_000;
    expect(remaining.seconds(3)).toBe(0);
  });

  it('does not start again once something is done, where several pieces are under way', () => {
    let now = 0;
    const remaining = createRemainingTime({ lanes: 2, clock: () => now });
    now = 1000;
    remaining.add(1);
    now = 2000;
    expect(remaining.begin()).toBe(0);
    // Of the two seconds, one worker has spent two on its first piece and the other one on its second.
    expect(remaining.seconds(5)).toBe(1);
  });

  it('counts as work of a single worker what follows its beginning, and says what it leaves out', () => {
    let now = 0;
    const remaining = createRemainingTime({ lanes: 1, clock: () => now });
    now = 7000;
    expect(remaining.begin()).toBe(7);
    now = 8000;
    remaining.add(1);
    now = 11_000;
    expect(remaining.begin()).toBe(3);
    now = 12_000;
    remaining.add(1);
    expect(remaining.seconds(5)).toBe(5);
  });

  it('does not take for work what is left out of a piece, and adds what of it is to come', () => {
    let now = 0;
    const remaining = createRemainingTime({ lanes: 1, clock: () => now });
    now = 3000;
    remaining.leaveOut(2);
    now = 4000;
    remaining.add(2);
    expect(remaining.seconds(4)).toBe(4);
    expect(remaining.seconds(4, 2.5)).toBe(6.5);
    now = 5000;
    expect(remaining.seconds(4, 2.5)).toBe(5.5);
  });
});
