import { describe, expect, it } from 'vitest';
import type { ProgressState } from '../../progress';
import { createBatchProgress, type ProgressItem } from './batch-progress';

function shownFor(items: readonly ProgressItem[], lanes = 1) {
  const clock = { now: 0 };
  const states: ProgressState[] = [];
  const batch = createBatchProgress(items, {
    progress: { show: (state) => states.push(state) },
    lanes,
    clock: () => clock.now * 1000,
  });
  const last = () => {
    const { secondsLeft, ...state } = states.at(-1) ?? { secondsLeft: () => undefined };
    return { ...state, left: secondsLeft() };
  };
  return { batch, clock, last };
}

const item = (name: string, pixels?: number): ProgressItem => ({ name, pixels });

describe('the progress of a batch', () => {
  it('counts pixels, not images', () => {
    const [small, large] = [item('small.png', 100), item('large.png', 300)];
    const { batch, clock, last } = shownFor([small, large]);
    batch.begin(small);
    expect(last()).toEqual({ part: 0, name: 'small.png', image: 1, images: 2, left: undefined });
    // A start-up is not counted.
    clock.now = 30;
    batch.update(small, 0);
    clock.now = 31;
    batch.update(small, 1);
    expect(last()).toMatchObject({ part: 0.25, left: 3 });
    batch.end(small);
    batch.begin(large);
    clock.now = 32;
    batch.update(large, 1 / 3);
    expect(last()).toEqual({ part: 0.5, name: 'large.png', image: 2, images: 2, left: 2 });
    clock.now = 34;
    batch.update(large, 1);
    batch.end(large);
    expect(last()).toEqual({ part: 1, name: 'large.png', image: 2, images: 2, left: 0 });
  });

  it('knows that the first tile of a single image takes longer than the others', () => {
    const image = item('a.png', 100);
    const { batch, clock, last } = shownFor([image]);
    batch.begin(image);
    clock.now = 1.1;
    batch.update(image, 0.1);
    expect(last().left).toBeCloseTo(9);
  });

  it('does not wait for the pixels of an image that failed', () => {
    const [first, broken, last] = [item('1', 100), item('2', 700), item('3', 200)];
    const shown = shownFor([first, broken, last]);
    shown.batch.begin(first);
    shown.clock.now = 1;
    shown.batch.update(first, 1);
    expect(shown.last()).toMatchObject({ part: 0.1, left: 9 });
    shown.batch.end(broken);
    expect(shown.last()).toMatchObject({ part: 0.8, left: 2 });
  });

  it('takes an image of unknown size for an average one', () => {
    const [first, unknown, last] = [item('1', 100), item('2'), item('3', 300)];
    const shown = shownFor([first, unknown, last]);
    shown.batch.begin(unknown);
    shown.batch.update(unknown, 1);
    expect(shown.last().part).toBeCloseTo(1 / 3);
    const nothing = shownFor([item('1'), item('2')]);
    nothing.batch.begin(item('1'));
    expect(nothing.last().part).toBe(0);
    nothing.batch.end(item('1'));
    expect(nothing.last().part).toBe(0.5);
  });

  it('adds what images have come to that are worked on at the same time', () => {
    const [a, b] = [item('a', 100), item('b', 100)];
    const { batch, clock, last } = shownFor([a, b], 2);
    batch.begin(a);
    batch.begin(b);
    clock.now = 10;
    batch.update(a, 0.5);
    batch.update(b, 0.25);
    expect(last()).toMatchObject({ part: 0.375, name: 'b' });
    batch.update(a, 1);
    expect(last().part).toBe(0.625);
  });
});
