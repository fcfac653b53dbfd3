import { Command, CommanderError } from 'commander';
import { version } from '../package.json';
import { type ChooseWork, usageError, type Work } from './commands/add-command';
import { addBench } from './commands/bench/command';
import { addConvert } from './commands/convert/command';
import { addDegrade } from './commands/degrade/command';
import { addDoctor } from './commands/doctor/command';
import { addEval } from './commands/eval/command';
import { addExport } from './commands/export/command';
import { addInspect } from './commands/inspect/command';
import { addModels } from './commands/models/command';
import { addRestore } from './commands/restore/command';
import { addTrain } from './commands/train/command';
import { addVerify } from './commands/verify/command';
import type { CliContext } from './context';
import { type ExitCode, exitCodes } from './exit-code';

type Surroundings = Omit<CliContext, 'debug'>;

/**
 * Runs the command line. Never rejects: errors are one line on stderr and an exit code.
 * @param argv arguments after the program's name
 */
export async function runCli(argv: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  let work: Work | undefined;
  const program = createProgram(surroundings, (chosen) => {
    work = chosen;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  }
  if (work === undefined) return exitCodes.usage;
  const context: CliContext = { ...surroundings, debug: program.opts().debug === true };
  try {
    return await work(context);
  } catch (error) {
    return await fail(error, context);
  }
}

async function fail(error: unknown, context: CliContext): Promise<ExitCode> {
  if (context.signal.aborted) {
    context.stderr.write('diffir: interrupted\n');
    return exitCodes.interrupted;
  }
  // These load the core, which by now is loaded.
  const { formatError } = await import('./text/format-error');
  const { exitCodeOfError } = await import('./exit-code-of-error');
  context.stderr.write(`${formatError(error, context)}\n`);
  return exitCodeOfError(error);
}

function createProgram({ stdout, stderr }: Surroundings, choose: ChooseWork): Command {
  const program = new Command('diffir')
    .description('Restores photos: removes motion blur, enlarges, fills holes.')
    .version(version)
    .option('--debug', 'show where errors come from')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      outputError: (text, write) => write(usageError(text, 'diffir')),
    });
  for (const add of [
    addRestore,
    addModels,
    addInspect,
    addVerify,
    addConvert,
    addExport,
    addBench,
    addDegrade,
    addTrain,
    addEval,
    addDoctor,
  ]) {
    add(program, choose);
  }
  return program;
}
