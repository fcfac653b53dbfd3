import { type EvaluationReport, factsOf, type ImageReport, imageColumns } from './evaluation-report';

/** An image to be looked at, and why that one. */
export interface ChosenImage {
  readonly role: 'best' | 'median' | 'worst';
  readonly image: ImageReport;
}

/**
 * The best, the median and the worst image of the first model by the first metric that scores images; of the
 * input where there is no model. Each image is chosen once.
 */
export function chooseImages(report: EvaluationReport): readonly ChosenImage[] {
  const [column] = imageColumns(report);
  if (column === undefined || report.images.length === 0) return [];
  const contestant = Math.min(1, report.contestants.length - 1);
  const sign = factsOf(column).better === 'higher' ? 1 : -1;
  const score = ({ values }: ImageReport) => sign * (values[contestant]?.[0] ?? Number.NaN);
  // Equal scores keep the images' order; of infinite ones the difference is no number.
  const ranked = [...report.images].sort((a, b) => (score(a) === score(b) ? 0 : score(b) - score(a)));
  const places = { best: 0, median: Math.floor((ranked.length - 1) / 2), worst: ranked.length - 1 } as const;
  const chosen: ChosenImage[] = [];
  for (const role of ['best', 'median', 'worst'] as const) {
    const image = ranked[places[role]];
    if (image !== undefined && !chosen.some((other) => other.image === image)) chosen.push({ role, image });
  }
  return chosen;
}
