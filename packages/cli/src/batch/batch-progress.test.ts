import type { RestoreProgress } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import type { ProgressState } from '../progress';
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

/** What a restoration says that has come to this part, after compiling for so long. */
const at = (part: number, compileSeconds = 0): RestoreProgress => ({
  pixelsDone: part * 1000,
  pixelsTotal: 1000,
  ...(compileSeconds > 0 && { compileSeconds }),
});

describe('the progress of a batch', () => {
  it('counts pixels, not images', () => {
    const [small, large] = [item('small.png', 100), item('large.png', 300)];
    const { batch, clock, last } = shownFor([small, large]);
    batch.begin(small);
    expect(last()).toEqual({ part: 0, name: 'small.png', image: 1, images: 2, left: undefined });
    // A start-up is not counted.
    clock.now = 30;
    batch.update(small, at(0));
    clock.now = 31;
    batch.update(small, at(1));
    expect(last()).toMatchObject({ part: 0.25, left: 3 });
    batch.end(small);
    batch.begin(large);
    clock.now = 32;
    batch.update(large, at(1 / 3));
    expect(last()).toEqual({ part: 0.5, name: 'large.png', image: 2, images: 2, left: 2 });
    clock.now = 34;
    batch.update(large, at(1));
    batch.end(large);
    expect(last()).toEqual({ part: 1, name: 'large.png', image: 2, images: 2, left: 0 });
  });

  it('knows that the first tile of a single image takes longer than the others', () => {
    const image = item('a.png', 100);
    const { batch, clock, last } = shownFor([image]);
    batch.begin(image);
    clock.now = 1.1;
    batch.update(image, at(0.1));
    expect(last().left).toBeCloseTo(9);
  });

  it('knows nothing after the first tile that a freshly compiled network computes, unless it is all there is', () => {
    const image = item('a.png', 100);
    const { batch, clock, last } = shownFor([image]);
    batch.update(image, at(0, 2));
    clock.now = 5;
    batch.update(image, at(0.1, 2));
    expect(last().left).toBeUndefined();
    clock.now = 6;
    batch.update(image, at(0.2, 2));
    expect(last().left).toBeCloseTo(8);
    const [a, b] = [item('a', 100), item('b', 100)];
    const small = shownFor([a, b]);
    small.batch.update(a, at(0, 2));
    small.clock.now = 4;
    small.batch.update(a, at(1, 2));
    expect(small.last().left).toBeGreaterThan(0);
  });

  it('tells from the pixels what comes before them, but for the start-up before the first', () => {
    const [a, b, c] = [item('a', 100), item('b', 100), item('c', 300)];
    const { batch, clock, last } = shownFor([a, b, c]);
    batch.begin(a);
    clock.now = 10;
    batch.update(a, at(0));
    clock.now = 11;
    batch.update(a, at(1));
    expect(last().left).toBe(4);
    clock.now = 12;
    batch.begin(b);
    clock.now = 14;
    batch.update(b, at(0));
    expect(last().left).toBe(4);
    clock.now = 15;
    batch.update(b, at(1));
    // A second for 100 pixels, and three before them.
    expect(last().left).toBe(3 + 9);
    clock.now = 17;
    batch.begin(c);
    expect(last().left).toBe(3 + 7);
    clock.now = 20;
    batch.update(c, at(0));
    expect(last().left).toBe(3 + 4);
    clock.now = 21;
    batch.update(c, at(1 / 3));
    expect(last().left).toBeCloseTo(2);
  });

  it('learns from the first image what comes before its pixels after the start-up, half of it for others', () => {
    const [a, b] = [item('a', 100), item('b', 200)];
    const { batch, clock, last } = shownFor([a, b]);
    batch.begin(a);
    clock.now = 10;
    batch.update(a, at(0));
    clock.now = 12;
    batch.update(a, at(0));
    clock.now = 13;
    batch.update(a, at(1));
    expect(last().left).toBe(2 + 4 / 2);
  });

  it('tells from the pixels what compiling takes, and expects it for sizes to come', () => {
    const [small, large] = [
      { width: 10, height: 10 },
      { width: 20, height: 10 },
    ];
    const [a, again, other, unknown] = [
      { ...item('a', 100), size: small },
      { ...item('again', 100), size: small },
      { ...item('other', 200), size: large },
      item('unknown', 100),
    ];
    const { batch, clock, last } = shownFor([a, again, other, unknown]);
    batch.begin(a);
    clock.now = 2;
    batch.update(a, at(0, 2));
    batch.update(a, at(0, 2));
    clock.now = 7;
    batch.update(a, at(0, 7));
    clock.now = 8.4;
    batch.update(a, at(1, 7));
    // A second for 100 pixels, and 7.4 for each of two more sizes: the first tile takes 1.4 times as long.
    expect(last().left).toBeCloseTo(4 + 14.8);
    batch.begin(again);
    clock.now = 9.4;
    batch.update(again, at(1));
    expect(last().left).toBeCloseTo(3 + 14.8);
    batch.begin(other);
    clock.now = 14.4;
    batch.update(other, at(0, 5));
    expect(last().left).toBeCloseTo(3 + 9.8);
    batch.end(unknown);
    expect(last().left).toBeCloseTo(2 + 2.4);
    batch.end(other);
    expect(last().left).toBe(0);
  });

  it('expects the rest of an image at the pace of its later pieces, and of others at that of all', () => {
    const [slow, fast] = [item('slow', 400), item('fast', 400)];
    const { batch, clock, last } = shownFor([slow, fast]);
    batch.begin(slow);
    for (const part of [0.25, 0.5, 0.75, 1]) {
      clock.now += 4;
      batch.update(slow, at(part));
    }
    batch.end(slow);
    expect(last().left).toBe(16);
    clock.now += 2;
    batch.update(fast, at(0.25));
    // 14 seconds for the four parts after the very first; this image's first says nothing of its pace.
    expect(last().left).toBeCloseTo((3 * 14) / 4);
    clock.now += 1;
    batch.update(fast, at(0.5));
    expect(last().left).toBe(2);
    batch.end(fast);
    expect(last().left).toBe(0);
  });

  it('does not wait for what comes before the pixels of an image that failed', () => {
    const images = [item('1', 100), item('2', 100), item('3', 100), item('4', 100)];
    const { batch, clock, last } = shownFor(images);
    for (const image of images.slice(0, 2)) {
      batch.begin(image);
      clock.now += 3;
      batch.update(image, at(0));
      clock.now += 1;
      batch.update(image, at(1));
    }
    expect(last().left).toBe(2 + 6);
    for (const image of images.slice(3)) batch.end(image);
    expect(last().left).toBe(1 + 3);
  });

  it('does not wait for the pixels of an image that failed', () => {
    const [first, broken, last] = [item('1', 100), item('2', 700), item('3', 200)];
    const shown = shownFor([first, broken, last]);
    shown.batch.begin(first);
    shown.clock.now = 1;
    shown.batch.update(first, at(1));
    expect(shown.last()).toMatchObject({ part: 0.1, left: 9 });
    shown.batch.end(broken);
    expect(shown.last()).toMatchObject({ part: 0.8, left: 2 });
  });

  it('takes an image of unknown size for an average one', () => {
    const [first, unknown, last] = [item('1', 100), item('2'), item('3', 300)];
    const shown = shownFor([first, unknown, last]);
    shown.batch.begin(unknown);
    shown.batch.update(unknown, at(1));
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
    batch.update(a, at(0.5));
    batch.update(b, at(0.25));
    expect(last()).toMatchObject({ part: 0.375, name: 'b' });
    batch.update(a, at(1));
    expect(last().part).toBe(0.625);
  });
});
