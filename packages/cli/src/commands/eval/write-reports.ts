import { csvReport } from '../../eval/report/csv-report';
import type { EvaluationReport } from '../../eval/report/evaluation-report';
import { htmlReport } from '../../eval/report/html/html-report';
import { imageStrips, type StripSources } from '../../eval/report/html/image-strips';
import { jsonReport } from '../../eval/report/json-report';
import { markdownReport } from '../../eval/report/markdown-report';
import { writeAtomically } from '../../io/write-atomically';
import type { ReportKind, ReportTarget } from './report-targets';

/** Writes every report file that is wanted. @throws OutputError when one cannot be written */
export async function writeReports(
  targets: readonly ReportTarget[],
  report: EvaluationReport,
  sources: StripSources,
): Promise<void> {
  for (const { kind, path, name } of targets) {
    const text = await render(kind, report, sources);
    await writeAtomically(path, new TextEncoder().encode(text), { overwrite: true, name });
  }
}

async function render(kind: ReportKind, report: EvaluationReport, sources: StripSources): Promise<string> {
  switch (kind) {
    case 'html':
      return htmlReport(report, await imageStrips(report, sources));
    case 'md':
      return markdownReport(report);
    case 'csv':
      return csvReport(report);
    case 'json':
      return jsonReport(report);
  }
}
