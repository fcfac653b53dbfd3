import type { RestorationJob } from '../../io/plan-outputs';
import { exists, outputExists } from '../../io/write-atomically';
import type { RestoreFlags } from './command';
import { type Report, subjectOf } from './report';

/**
 * The jobs whose output may be written. The others are reported: left out on purpose with
 * `skipExisting`, failed without it.
 */
export async function leaveOutExisting(
  jobs: readonly RestorationJob[],
  { overwrite, skipExisting }: Pick<RestoreFlags, 'overwrite' | 'skipExisting'>,
  report: Report,
): Promise<RestorationJob[]> {
  if (overwrite) return [...jobs];
  const open: RestorationJob[] = [];
  for (const job of jobs) {
    if (!(await exists(job.output))) open.push(job);
    else if (skipExisting) report.skipped(job);
    else report.failed(subjectOf(job), outputExists(job.outputName, 'use --overwrite or --skip-existing'));
  }
  return open;
}
