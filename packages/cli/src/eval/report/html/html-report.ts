import type { EvaluationReport } from '../evaluation-report';
import { intervalNote } from '../markdown-report';
import { comparisonStrip, type Strip } from './comparison-strip';
import { escapeHtml } from './escape-html';
import { script } from './script';
import { style } from './style';
import { factsTable, imageTables, totalsTable } from './tables';

/** The page may load nothing: all it shows is in it. */
const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

/** The whole report as one HTML file that asks for nothing from outside. */
export function htmlReport(report: EvaluationReport, strips: readonly Strip[]): string {
  const title = escapeHtml(report.title);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${totalsTable(report)}
<p class="note">${intervalNote(report).split('\n').map(escapeHtml).join('<br>')}</p>
${comparison(strips)}
<h2>Every image</h2>
${imageTables(report)}
<h2>How it was measured</h2>
${factsTable(report)}
${failureList(report)}
</main>
<script>${script}</script>
</body>
</html>
`;
}

function comparison(strips: readonly Strip[]): string {
  if (strips.length === 0) return '';
  return `<h2>Side by side</h2>
<p class="note">The images of a row are zoomed together: + − and 0, arrow keys, double click and drag.</p>
${strips.map(comparisonStrip).join('\n')}`;
}

function failureList({ failures }: EvaluationReport): string {
  if (failures.length === 0) return '';
  const items = failures.map(({ contestant, error }) => `<li>${escapeHtml(`${contestant}: ${error}`)}</li>`);
  return `<h2>What failed</h2>\n<ul>${items.join('\n')}</ul>`;
}
