import type { MetricId, Score, ScoreSettings } from '@diffir/metrics';

/** A value as JSON holds it: PSNR of equal images is infinite. */
export type JsonNumber = number | 'Infinity' | '-Infinity' | 'NaN';

/** A score as JSON holds it. */
export interface StoredScore {
  readonly metric: MetricId;
  readonly value: JsonNumber;
  readonly settings: ScoreSettings;
}

/** A number that JSON can hold. */
export function toJsonNumber(value: number): JsonNumber {
  if (Number.isFinite(value)) return value;
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? 'Infinity' : '-Infinity';
}

export function toStoredScore({ metric, value, settings }: Score): StoredScore {
  return { metric, value: toJsonNumber(value), settings };
}

export function fromStoredScore({ metric, value, settings }: StoredScore): Score {
  return { metric, value: Number(value), settings };
}
