import type { CliContext } from '../../context';
import { type ExitCode, exitCodes } from '../../exit-code';
import { planRun } from '../../train/plan-run';
import { readConfig } from '../../train/read-config';
import { createRunProgress } from '../../train/run-progress';
import { train } from '../../train/train';
import type { TrainFlags } from './command';

/** Trains by a configuration to the end, or until interrupted; everything goes to the run folder. */
export async function runTrain(flags: TrainFlags, context: CliContext): Promise<ExitCode> {
  const file = await readConfig(flags.config, context.cwd);
  const plan = await planRun(file, { cwd: context.cwd, name: flags.config, resume: flags.resume === true });
  const progress = createRunProgress({
    stream: context.stderr,
    iterations: file.config.iterations,
    quiet: flags.quiet === true,
  });
  try {
    await train(plan, { source: file.source, progress, signal: context.signal });
  } finally {
    progress.stop();
  }
  context.signal.throwIfAborted();
  return exitCodes.done;
}
