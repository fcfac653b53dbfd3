import { describe, expect, it } from 'vitest';
import { visibilityOf } from './visibility';

describe('visibilityOf', () => {
  it.each([
    { alpha: [255, 255], is: 'all' },
    { alpha: [1, 200], is: 'all' },
    { alpha: [0, 0], is: 'none' },
    { alpha: [0, 255], is: 'some' },
    { alpha: [1, 0], is: 'some' },
  ])('finds $is of the pixels visible where alpha is $alpha', ({ alpha: [first = 0, second = 0], is }) => {
    const image = { data: Uint8Array.of(0, first, 0, second), width: 2, height: 1, channels: 2 } as const;
    expect(visibilityOf(image)).toBe(is);
  });

  it('finds all of them visible where there is no alpha channel', () => {
    expect(visibilityOf({ data: new Uint8Array(3), width: 1, height: 1, channels: 3 })).toBe('all');
  });
});
