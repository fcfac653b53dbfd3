import { describe, expect, it } from 'vitest';
import { formatDuration } from './format-duration';

describe('a duration', () => {
  it.each([
    [0, '0s'],
    [0.2, '1s'],
    [59.5, '1m0s'],
    [90, '1m30s'],
    [3599, '59m59s'],
    [7500, '2h5m'],
    [200_000, '2d7h'],
  ])('of %d seconds is %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});
