import { describe, expect, it } from 'vitest';
import { formatDuration } from './format-duration';

describe('a duration', () => {
  it.each([
    [0.84, '0.8 s'],
    [9.97, '10 s'],
    [59.4, '59 s'],
    [59.7, '1 min 0 s'],
    [200, '3 min 20 s'],
    [3599.6, '1 h 0 min'],
    [7500, '2 h 5 min'],
  ])('of %d seconds reads %s', (seconds, words) => {
    expect(formatDuration(seconds)).toBe(words);
  });
});
