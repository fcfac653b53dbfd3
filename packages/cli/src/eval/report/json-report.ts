import { toJsonNumber } from '../score-json';
import { type EvaluationReport, factsOf, imageColumns } from './evaluation-report';

/** Raised when a reader of the old report would not understand the new one. */
const FORMAT = 1;

/** Everything, with all digits, for programs. Infinite values are the string "Infinity". */
export function jsonReport(report: EvaluationReport): string {
  const { title, facts, columns, contestants, images, failures } = report;
  const perImage = imageColumns(report);
  const document = {
    format: FORMAT,
    title,
    settings: Object.fromEntries(facts),
    metrics: columns.map((column) => {
      const { name, unit = null, better } = factsOf(column);
      const { key, metric, settings } = column;
      return { key, metric, name, unit, better, settings };
    }),
    models: contestants.map(({ name, totals }) => ({
      name,
      scores: Object.fromEntries(columns.map(({ key }, index) => [key, totals[index] ?? null])),
    })),
    images: images.map(({ name, values }) => ({
      name,
      scores: Object.fromEntries(
        contestants.map((contestant, index) => [
          contestant.name,
          Object.fromEntries(perImage.map(({ key }, column) => [key, values[index]?.[column] ?? null])),
        ]),
      ),
    })),
    failures,
  };
  return `${JSON.stringify(document, (_, value) => (typeof value === 'number' ? toJsonNumber(value) : value), 2)}\n`;
}
