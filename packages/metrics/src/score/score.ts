import type { MetricId } from './metrics';

/** What a score depends on beside the images: plain data with one value a line. */
export type ScoreSettings = Readonly<Record<string, string | number | boolean>>;

/** A measured value with everything needed to know what it means; plain data, to be printed and stored. */
export interface Score<M extends MetricId = MetricId, S extends ScoreSettings = ScoreSettings> {
  readonly metric: M;
  /** In the metric's unit, see `metrics`. PSNR of equal images is `Infinity`, which JSON cannot hold. */
  readonly value: number;
  readonly settings: S;
}

/** Settings as one line for people, in the order they were given: `channel y, border 4, samples 8-bit`. */
export function describeSettings(settings: ScoreSettings): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}
