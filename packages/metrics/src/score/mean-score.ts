import { OptionError } from '@diffir/core';
import { type BootstrapOptions, bootstrapMean, type Interval } from '../statistics/bootstrap';
import { type Summary, summarize } from '../statistics/summary';
import type { MetricId } from './metrics';
import { describeSettings, type Score, type ScoreSettings } from './score';

/** What a metric gives over a set of images; plain data, to be printed and stored. */
export interface MeanScore<M extends MetricId = MetricId, S extends ScoreSettings = ScoreSettings>
  extends Score<M, S> {
  /** The mean. */
  readonly value: number;
  readonly summary: Summary;
  /** Of the mean. */
  readonly interval: Interval;
}

/**
 * The mean of scores of single images, with its confidence interval.
 * @throws OptionError when there is none, or they are not of one metric with one and the same settings
 */
export function meanScore<M extends MetricId, S extends ScoreSettings>(
  scores: readonly Score<M, S>[],
  options: BootstrapOptions = {},
): MeanScore<M, S> {
  const [first] = scores;
  if (first === undefined) {
    throw new OptionError({
      subject: 'scores',
      problem: 'there are none',
      remedy: 'measure at least one image',
    });
  }
  const { metric, settings } = first;
  const described = describeSettings(settings);
  const stranger = scores.find((score) => {
    return score.metric !== metric || describeSettings(score.settings) !== described;
  });
  if (stranger !== undefined) {
    throw new OptionError({
      subject: 'scores',
      problem: `${metric} (${described}) and ${stranger.metric} (${describeSettings(stranger.settings)}) have no mean`,
      remedy: 'measure all images with the same settings',
    });
  }
  const values = scores.map(({ value }) => value);
  const summary = summarize(values);
  return { metric, value: summary.mean, settings, summary, interval: bootstrapMean(values, options) };
}

/**
 * The mean of each column of scores, as `Evaluation.measure` gives them: one row for an image, one column for
 * a metric.
 * @throws OptionError when there is no row, or a column mixes metrics or settings
 */
export function meanScores(
  rows: readonly (readonly Score[])[],
  options: BootstrapOptions = {},
): readonly MeanScore[] {
  const columns = Math.max(1, ...rows.map(({ length }) => length));
  return Array.from({ length: columns }, (_, column) =>
    meanScore(
      rows.flatMap((row) => row[column] ?? []),
      options,
    ),
  );
}
