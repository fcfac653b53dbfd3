import { describe, expect, it } from 'vitest';
import { createSampleOrder } from './sample-order';

const take = (order: (position: number) => number, start: number, count: number) =>
  Array.from({ length: count }, (_, index) => order(start + index));

describe('sample order', () => {
  it('takes every picture once an epoch, each epoch in another order', () => {
    const order = createSampleOrder(1, 10);
    const [first, second] = [take(order, 0, 10), take(order, 10, 10)];
    const all = Array.from({ length: 10 }, (_, index) => index);
    expect([...first].sort((a, b) => a - b)).toEqual(all);
    expect([...second].sort((a, b) => a - b)).toEqual(all);
    expect(second).not.toEqual(first);
    expect(first).not.toEqual(all);
  });

  it('is the seed’s, wherever it is entered', () => {
    const whole = take(createSampleOrder(1, 10), 0, 40);
    expect(take(createSampleOrder(1, 10), 27, 13)).toEqual(whole.slice(27));
    expect(take(createSampleOrder(2, 10), 0, 40)).not.toEqual(whole);
  });

  it('refuses an empty data set', () => {
    expect(() => createSampleOrder(1, 0)).toThrow('there are no pictures');
  });
});
