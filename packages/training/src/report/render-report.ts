import { escapeHtml } from './escape-html';
import { type ChartLine, lineChart } from './line-chart';
import type { RunLogRecord, TrainingRecord, ValidationRecord } from './run-records';

/** A picture in a report. */
interface ReportSample {
  readonly caption: string;
  /** The picture itself as a `data:` URL. */
  readonly url: string;
}

/** What a report shows. */
export interface RunReport {
  readonly title: string;
  readonly records: readonly RunLogRecord[];
  /** Facts in a table: name and value. */
  readonly facts: Readonly<Record<string, string>>;
  readonly samples: readonly ReportSample[];
  /** The configuration as it was written. */
  readonly config: string;
}

const style = `body{font:15px/1.5 system-ui,sans-serif;max-width:960px;margin:2em auto;padding:0 1em;color:#1e293b}
svg{width:100%;height:auto;font-size:12px}svg .grid{stroke:#e2e8f0}svg .title{font-weight:600}
table{border-collapse:collapse}td,th{padding:2px 12px 2px 0;text-align:left;vertical-align:top}
img{max-width:100%}figure{margin:1em 0}figcaption{color:#64748b}pre{background:#f8fafc;padding:1em;overflow:auto}`;

/** A run as one HTML page that needs no other file, no script and no network. */
export function renderReport({ title, records, facts, samples, config }: RunReport): string {
  const training = records.filter((record) => record.kind === 'training');
  const validations = records.filter((record) => record.kind === 'validation');
  const sections = [
    lineChart({ title: 'Loss', lines: lossLines(training), logarithmic: true }),
    lineChart({
      title: `${validations[0]?.measure ?? 'PSNR'} of the moving average (dB)`,
      lines: psnrLines(validations),
    }),
    lineChart({
      title: 'Learning rate',
      lines: [lineOf('rate', training, ({ learningRate }) => learningRate)],
    }),
    lineChart({
      title: 'Norm of the gradients',
      lines: [lineOf('norm', training, ({ gradientNorm }) => gradientNorm)],
      logarithmic: true,
    }),
    validationTable(validations),
    samples.length === 0 ? '' : `<h2>Samples</h2><p>LQ, restored, GT</p>${samples.map(figure).join('')}`,
    `<h2>Configuration</h2><pre>${escapeHtml(config)}</pre>`,
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${style}</style></head>
<body><h1>${escapeHtml(title)}</h1>${table(Object.entries(facts))}
${sections.filter((section) => section !== '').join('\n')}
</body></html>
`;
}

function lossLines(records: readonly TrainingRecord[]): ChartLine[] {
  const names = [...new Set(records.flatMap(({ losses }) => Object.keys(losses)))];
  // A total that is the only term says nothing new.
  const shown = names.length === 2 ? names.filter((name) => name !== 'total') : names;
  return shown.map((name) => lineOf(name, records, ({ losses }) => losses[name] ?? Number.NaN));
}

function psnrLines(records: readonly ValidationRecord[]): ChartLine[] {
  const input = lineOf('input', records, ({ inputPsnr }) => inputPsnr ?? Number.NaN);
  return [lineOf('restored', records, ({ psnr }) => psnr), { ...input, reference: true }];
}

function lineOf<Entry extends RunLogRecord>(
  name: string,
  records: readonly Entry[],
  read: (record: Entry) => number,
): ChartLine {
  return { name, points: records.map((record) => ({ x: record.iteration, y: read(record) })) };
}

function validationTable(records: readonly ValidationRecord[]): string {
  const last = records.at(-1);
  if (last === undefined) return '';
  const rows = last.images.map(({ name, psnr }) => [name, `${psnr.toFixed(2)} dB`] as const);
  return `<h2>Validation after iteration ${last.iteration}</h2><p>${escapeHtml(last.measure ?? 'PSNR')}, of 8-bit values</p>${table(rows)}`;
}

function table(rows: readonly (readonly [string, string])[]): string {
  const cells = rows.map(
    ([name, value]) => `<tr><th>${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`,
  );
  return `<table>${cells.join('')}</table>`;
}

function figure({ caption, url }: ReportSample): string {
  return `<figure><img src="${escapeHtml(url)}" alt="${escapeHtml(caption)}"><figcaption>${escapeHtml(caption)}</figcaption></figure>`;
}
