import type { MeanScore, MetricFacts, MetricId, MetricRequest, Score, ScoreSettings } from '@diffir/metrics';
import { meanScore, metrics } from '@diffir/metrics';

/** A metric that was asked for. */
export interface Column {
  /** Short and unique: what it was asked for by. */
  readonly key: string;
  readonly metric: MetricId;
  /** What its values depend on; empty when there is none. */
  readonly settings: ScoreSettings;
  /** Whether it scores images one by one. */
  readonly perImage: boolean;
}

/** What a contestant got over all images. */
export interface ContestantReport {
  readonly name: string;
  /** One for each column: the mean of a metric of images, the score of a metric of sets; absent without images. */
  readonly totals: readonly (MeanScore | Score | undefined)[];
}

/** One image, with the values of each contestant in the order of the columns that score images. */
export interface ImageReport {
  readonly name: string;
  readonly values: readonly (readonly number[])[];
}

/** What could not be measured. */
export interface FailureReport {
  readonly contestant: string;
  readonly image: string;
  readonly error: string;
}

/** An evaluation as data: everything the report files say. Nothing in it depends on when or how fast it ran. */
export interface EvaluationReport {
  readonly title: string;
  /** What was measured and how, ready to print, one fact a line. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly columns: readonly Column[];
  readonly contestants: readonly ContestantReport[];
  /** Those that every contestant has. */
  readonly images: readonly ImageReport[];
  readonly failures: readonly FailureReport[];
}

/** A metric as it was asked for. */
export interface NamedRequest {
  readonly key: string;
  readonly request: MetricRequest;
}

export interface Outcome {
  readonly name: string;
  /** Scores by image, of the metrics that score images. */
  readonly scores: ReadonlyMap<string, readonly Score[]>;
  /** Scores of the metrics that score sets. */
  readonly sets: readonly Score[];
}

interface ReportParts extends Pick<EvaluationReport, 'title' | 'facts' | 'failures'> {
  readonly requests: readonly NamedRequest[];
  /** All images by name, in their order. */
  readonly names: readonly string[];
  readonly outcomes: readonly Outcome[];
}

export function isPerImage({ metric }: MetricRequest): boolean {
  return metrics[metric].of !== 'sets';
}

/** The names that every outcome has scores for: means over different images do not compare. */
export function commonNames(
  names: readonly string[],
  outcomes: readonly Pick<Outcome, 'scores'>[],
): readonly string[] {
  return names.filter((name) => outcomes.every(({ scores }) => scores.has(name)));
}

/** Puts scores together: means with their intervals, over the images that all contestants have. */
export function evaluationReport({ requests, names, outcomes, ...texts }: ReportParts): EvaluationReport {
  const common = commonNames(names, outcomes);
  const contestants = outcomes.map((outcome) => ({
    name: outcome.name,
    totals: totalsOf(outcome, requests, common),
  }));
  const columns = requests.map(({ key, request }, index) => ({
    key,
    metric: request.metric,
    settings: contestants.map(({ totals }) => totals[index]?.settings).find(Boolean) ?? {},
    perImage: isPerImage(request),
  }));
  const images = common.map((name) => ({
    name,
    values: outcomes.map(({ scores }) => (scores.get(name) ?? []).map(({ value }) => value)),
  }));
  return { ...texts, columns, contestants, images };
}

function totalsOf(
  { scores, sets }: Outcome,
  requests: readonly NamedRequest[],
  names: readonly string[],
): ContestantReport['totals'] {
  const [perImage, perSet] = [requests.filter(({ request }) => isPerImage(request)), [...sets]];
  return requests.map((named) => {
    if (!isPerImage(named.request)) return perSet.shift();
    const column = perImage.indexOf(named);
    const values = names.flatMap((name) => scores.get(name)?.[column] ?? []);
    return values.length === 0 ? undefined : meanScore(values);
  });
}

/** What is true of a column's metric. */
export function factsOf({ metric }: Column): MetricFacts {
  return metrics[metric];
}

/** How a column is headed: its metric's name, unit and what is better. */
export function headingOf(column: Column): string {
  const { unit, better } = factsOf(column);
  return `${nameOf(column)}${unit === undefined ? '' : ` (${unit})`} ${better === 'higher' ? '↑' : '↓'}`;
}

/** A value with its metric's name and unit. */
export function labelledValue(value: number, column: Column): string {
  const { unit } = factsOf(column);
  return `${nameOf(column)} ${formatValue(value, column)}${unit === undefined ? '' : ` ${unit}`}`;
}

function nameOf(column: Column): string {
  const { name } = factsOf(column);
  return column.key === column.metric ? name : `${name} (${column.key.replace(`${column.metric}-`, '')})`;
}

/** The columns that score images one by one. */
export function imageColumns({ columns }: EvaluationReport): readonly Column[] {
  return columns.filter(({ perImage }) => perImage);
}

/** A value with the decimals the literature prints. */
export function formatValue(value: number, column: Column): string {
  return Number.isFinite(value) ? value.toFixed(factsOf(column).digits) : value > 0 ? '∞' : String(value);
}

export function isMean(total: MeanScore | Score): total is MeanScore {
  return 'interval' in total;
}
