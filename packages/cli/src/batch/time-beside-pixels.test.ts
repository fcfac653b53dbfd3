import { describe, expect, it } from 'vitest';
import { createTimeBesidePixels } from './time-beside-pixels';

const images = ['a1', 'a2', 'a3', 'b1', 'b2'] as const;
type Name = (typeof images)[number];

describe('the time that images need beside their pixels', () => {
  it('is nothing before any has been seen', () => {
    const extra = createTimeBesidePixels(images);
    extra.add('a1', 3);
    expect(extra.seconds()).toBe(0);
  });

  it('is what images so far have needed on average', () => {
    const extra = createTimeBesidePixels(images);
    extra.add('a1', 1);
    extra.add('a1', 1);
    extra.settle('a1');
    expect(extra.seconds()).toBe(4 * 2);
    extra.add('a2', 4);
    extra.settle('a2');
    expect(extra.seconds()).toBe(3 * 3);
  });

  it('is less what went into an image under way, but never for more than that one needs', () => {
    const extra = createTimeBesidePixels(images);
    extra.add('a1', 2);
    extra.settle('a1');
    extra.add('a2', 1.5);
    expect(extra.seconds()).toBe(6.5);
    extra.add('a2', 100);
    expect(extra.seconds()).toBe(6);
  });

  it('is known of each kind by itself', () => {
    const extra = createTimeBesidePixels(images, { kindOf: ([kind = '']: Name) => kind });
    extra.add('a1', 5);
    extra.settle('a1');
    expect(extra.seconds()).toBe(10);
    extra.settle('b1');
    expect(extra.seconds()).toBe(10);
    extra.settle('a2');
    expect(extra.seconds()).toBe(2.5);
  });

  it('grows with the weight', () => {
    const extra = createTimeBesidePixels(images, { weightOf: (image: Name) => (image === 'b2' ? 10 : 1) });
    extra.add('a1', 2);
    extra.settle('a1');
    expect(extra.seconds()).toBe(2 * (3 + 10));
  });

  it('is not expected of an image that is dropped, nor learnt from it; nothing ends twice', () => {
    const extra = createTimeBesidePixels(images);
    extra.add('a1', 2);
    extra.settle('a1');
    extra.add('a2', 50);
    for (const end of [extra.drop, extra.settle]) end('a2');
    for (const end of [extra.settle, extra.drop]) end('a1');
    extra.add('a1', 50);
    expect(extra.seconds()).toBe(3 * 2);
  });
});
