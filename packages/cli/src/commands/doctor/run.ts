import type { CliContext } from '../../context';
import { type ExitCode, exitCodes } from '../../exit-code';
import { install } from '../../plugins/installation';
import { formatError } from '../../text/format-error';
import type { DoctorFlags } from './command';
import { doctorAsText } from './doctor-text';
import { type Examination, examine } from './examine';

/** Prints what works here. Exit code 4 when no backend does. */
export async function runDoctor(flags: DoctorFlags, context: CliContext): Promise<ExitCode> {
  const { registry } = await install(flags.plugin ?? [], context.cwd);
  return printExamination(await examine(registry), flags, context);
}

export function printExamination(
  { report, problem }: Examination,
  { json }: DoctorFlags,
  context: Pick<CliContext, 'stdout' | 'stderr' | 'debug'>,
): ExitCode {
  context.stdout.write(`${json ? JSON.stringify(report) : doctorAsText(report)}\n`);
  if (problem === undefined) return exitCodes.done;
  context.stderr.write(`${formatError(problem, context)}\n`);
  return exitCodes.noBackend;
}
