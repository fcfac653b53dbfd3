import type { Command } from 'commander';
import type { CliContext } from '../context';
import type { ExitCode } from '../exit-code';
import { collect } from '../options/parse-option';

/** What a command does once its arguments are read. */
export type Work = (context: CliContext) => Promise<ExitCode>;

/** Takes the work of the command that was called. */
export type ChooseWork = (work: Work) => void;

/** Starts a command whose usage errors point to its own help. */
export function addCommand(program: Command, usage: string, description: string): Command {
  const command = program.command(usage).description(description);
  return command.configureOutput({
    outputError: (text, write) => write(usageError(text, `diffir ${command.name()}`)),
  });
}

/** The option by which commands take plugins. */
export function addPluginOption(command: Command): Command {
  return command.option('--plugin <module>', 'add a plugin: a file or a package (repeatable)', collect);
}

/** Commander's "error: …", with its suggestions, in the form of every other error. */
export function usageError(text: string, command: string): string {
  const problem = text
    .trim()
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '');
  return `diffir: ${problem}; see ${command} --help\n`;
}
