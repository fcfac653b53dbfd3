import { type EvaluationReport, imageColumns, isMean } from './evaluation-report';

/** What the rows of means are called in the column of images. */
const meanRows = ['(mean)', '(lower)', '(upper)'] as const;

/**
 * A row for each image and contestant with all digits, then rows of means and of the ends of their intervals;
 * scores of sets stand in the rows of means. RFC 4180, but lines end in LF.
 */
export function csvReport(report: EvaluationReport): string {
  const { columns, contestants, images } = report;
  const head = ['image', 'model', ...columns.map(({ key }) => key)];
  const perImage = imageColumns(report);
  const rows = images.flatMap(({ name, values }) =>
    contestants.map((contestant, index) => [
      name,
      contestant.name,
      ...columns.map((column) => numberCell(values[index]?.[perImage.indexOf(column)])),
    ]),
  );
  const means = contestants.flatMap(({ name, totals }) => {
    const intervals = totals.map((total) => (total && isMean(total) ? total.interval : undefined));
    return [
      [meanRows[0], name, ...totals.map((total) => numberCell(total?.value))],
      [meanRows[1], name, ...intervals.map((interval) => numberCell(interval?.lower))],
      [meanRows[2], name, ...intervals.map((interval) => numberCell(interval?.upper))],
    ];
  });
  return `${[head, ...rows, ...means].map((row) => row.map(quote).join(',')).join('\n')}\n`;
}

function numberCell(value: number | undefined): string {
  return value === undefined ? '' : String(value);
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
