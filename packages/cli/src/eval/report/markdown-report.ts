import { describeSettings } from '@diffir/metrics';
import { markdownTable } from '../../bench/markdown-table';
import {
  type ContestantReport,
  type EvaluationReport,
  formatValue,
  headingOf,
  imageColumns,
  isMean,
} from './evaluation-report';

/** The whole report as Markdown: means, what was measured, and every image. */
export function markdownReport(report: EvaluationReport): string {
  const perImage = imageColumns(report).map((column, index) => {
    const head = [headingOf(column), ...report.contestants.map(({ name }) => escapeCell(name))];
    const rows = report.images.map(({ name, values }) => [
      escapeCell(name),
      ...values.map((each) => formatValue(each[index] ?? Number.NaN, column)),
    ]);
    return `## ${headingOf(column)} of each image\n\n${markdownTable([head, ...rows])}`;
  });
  const failures = report.failures.map(({ contestant, error }) => `- ${contestant}: ${error}`);
  return [
    `# ${report.title}`,
    markdownTotals(report),
    intervalNote(report),
    markdownTable([['setting', 'value'], ...report.facts.map((fact) => fact.map(escapeCell))]).replaceAll(
      '---:',
      '---',
    ),
    ...(failures.length === 0 ? [] : [`## What failed\n\n${failures.join('\n')}`]),
    ...perImage,
    '',
  ].join('\n\n');
}

/** The table of means alone. */
export function markdownTotals({ columns, contestants }: EvaluationReport): string {
  const head = ['', ...columns.map(headingOf)];
  return markdownTable([head, ...contestants.map((contestant) => totalsRow(contestant, columns))]);
}

/** What the brackets mean, in one line; every setting of every metric follows. */
export function intervalNote({ columns, images, contestants }: EvaluationReport): string {
  const means = contestants.flatMap(({ totals }) => totals).filter((total) => total !== undefined);
  const interval = means.filter(isMean).map((mean) => mean.interval)[0];
  const count = `${images.length} ${images.length === 1 ? 'image' : 'images'}`;
  const first =
    interval === undefined
      ? `Over ${count}.`
      : `Means over ${count}; in brackets ${Math.round(100 * interval.confidence)} % bootstrap intervals (${interval.resamples} resamples, seed ${interval.seed}).`;
  const settings = columns.map((column) => `${headingOf(column)}: ${describeSettings(column.settings)}.`);
  return [first, ...settings].join('\n');
}

function totalsRow({ name, totals }: ContestantReport, columns: EvaluationReport['columns']): string[] {
  const cells = columns.map((column, index) => {
    const total = totals[index];
    if (total === undefined) return '–';
    const value = formatValue(total.value, column);
    if (!isMean(total)) return value;
    const { lower, upper } = total.interval;
    return `${value} [${formatValue(lower, column)}, ${formatValue(upper, column)}]`;
  });
  return [escapeCell(name), ...cells];
}

function escapeCell(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('\n', ' ');
}
