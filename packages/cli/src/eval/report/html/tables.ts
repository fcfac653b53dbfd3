import {
  type Column,
  type EvaluationReport,
  factsOf,
  formatValue,
  headingOf,
  imageColumns,
  isMean,
} from '../evaluation-report';
import { escapeHtml } from './escape-html';

/** The means of all models. */
export function totalsTable({ columns, contestants }: EvaluationReport): string {
  const head = columns.map((column) => `<th scope="col">${escapeHtml(headingOf(column))}</th>`);
  const rows = contestants.map(({ name, totals }) => {
    const cells = columns.map((column, index) => {
      const total = totals[index];
      if (total === undefined) return '<td>–</td>';
      const value = formatValue(total.value, column);
      const best = total.value === bestOf(columnOf(contestants, index), column) ? ' class="best"' : '';
      if (!isMean(total)) return `<td${best}>${value}</td>`;
      const [lower, upper] = [total.interval.lower, total.interval.upper].map((end) =>
        formatValue(end, column),
      );
      return `<td${best}>${value} <small>[${lower}, ${upper}]</small></td>`;
    });
    return `<tr><th scope="row">${escapeHtml(name)}</th>${cells.join('')}</tr>`;
  });
  return tableOf(`<th scope="col">model</th>${head.join('')}`, rows);
}

/** One table for each metric of images, folded up. */
export function imageTables(report: EvaluationReport): string {
  const { contestants, images } = report;
  const head = contestants.map(({ name }) => `<th scope="col">${escapeHtml(name)}</th>`).join('');
  const tables = imageColumns(report).map((column, index) => {
    const rows = images.map(({ name, values }) => {
      const row = values.map((each) => each[index] ?? Number.NaN);
      const best = bestOf(row, column);
      const cells = row.map(
        (value) => `<td${value === best ? ' class="best"' : ''}>${formatValue(value, column)}</td>`,
      );
      return `<tr><th scope="row">${escapeHtml(name)}</th>${cells.join('')}</tr>`;
    });
    const heading = escapeHtml(headingOf(column));
    return `<details><summary>${heading}</summary>${tableOf(`<th scope="col">image</th>${head}`, rows)}</details>`;
  });
  return tables.join('\n');
}

/** What was measured and how. */
export function factsTable({ facts }: EvaluationReport): string {
  const rows = facts.map(
    ([name, value]) => `<tr><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`,
  );
  return `<div class="scroll"><table class="facts"><tbody>${rows.join('\n')}</tbody></table></div>`;
}

function tableOf(head: string, rows: readonly string[]): string {
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead>\n<tbody>${rows.join('\n')}</tbody></table></div>`;
}

function columnOf(contestants: EvaluationReport['contestants'], index: number): number[] {
  return contestants.map(({ totals }) => totals[index]?.value ?? Number.NaN);
}

function bestOf(values: readonly number[], column: Column): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return factsOf(column).better === 'higher' ? Math.max(...known) : Math.min(...known);
}
