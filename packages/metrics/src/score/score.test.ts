import { OptionError } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { psnr } from '../psnr/psnr';
import { ssim } from '../ssim/ssim';
import { randomImage } from '../testing/random-image';
import { meanScore, meanScores } from './mean-score';
import { describeSettings } from './score';

describe('describeSettings', () => {
  it('is one line', () => {
    const { settings } = psnr(randomImage(1), randomImage(2), { channel: 'y', border: 4 });
    expect(describeSettings(settings)).toBe('channel y, border 4, samples 8-bit');
  });
});

describe('meanScore', () => {
  const scores = [1, 2, 3, 4].map((seed) => psnr(randomImage(seed), randomImage(9)));

  it('has the mean, its interval and the settings of every score', () => {
    const { metric, value, settings, summary, interval } = meanScore(scores, { resamples: 500, seed: 2 });
    expect(metric).toBe('psnr');
    expect(value).toBeCloseTo(scores.reduce((sum, score) => sum + score.value, 0) / 4, 12);
    expect(settings).toEqual(scores[0]?.settings);
    expect(summary.count).toBe(4);
    expect(interval.lower).toBeLessThan(value);
    expect(interval.upper).toBeGreaterThan(value);
    expect(interval).toMatchObject({ resamples: 500, seed: 2 });
  });

  it('is plain data', () => {
    const mean = meanScore(scores, { resamples: 50 });
    expect(JSON.parse(JSON.stringify(mean))).toEqual(mean);
  });

  it('refuses scores of different settings, and none', () => {
    const other = psnr(randomImage(1), randomImage(2), { channel: 'y' });
    expect(() => meanScore([...scores, other])).toThrow(/channel rgb.*channel y.*have no mean/);
    expect(() => meanScore([])).toThrow(OptionError);
  });
});

describe('meanScores', () => {
  it('has a mean for each column', () => {
    const rows = [1, 2, 3].map((seed) => [
      psnr(randomImage(seed), randomImage(9)),
      ssim(randomImage(seed), randomImage(9)),
    ]);
    const columns = [0, 1].map((column) => meanScore(rows.flatMap((row) => row[column] ?? [])));
    expect(meanScores(rows)).toEqual(columns);
    expect(meanScores(rows).map(({ metric }) => metric)).toEqual(['psnr', 'ssim']);
  });

  it('refuses no rows at all', () => {
    expect(() => meanScores([])).toThrow(OptionError);
  });
});
