import type { Command } from 'commander';
import { addCommand, addPluginOption, type ChooseWork } from '../add-command';

export interface DoctorFlags {
  readonly json?: true;
  readonly plugin?: readonly string[];
}

/** `diffir doctor`: which backends work here, and why the others do not. */
export function addDoctor(program: Command, choose: ChooseWork): void {
  const command = addCommand(
    program,
    'doctor',
    'show which backends work here, and why others do not',
  ).option('--json', 'print JSON');
  addPluginOption(command).action((flags: DoctorFlags) => {
    choose(async (context) => (await import('./run')).runDoctor(flags, context));
  });
}
