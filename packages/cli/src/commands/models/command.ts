import type { Command } from 'commander';
import { addCommand, addPluginOption, type ChooseWork } from '../add-command';

export interface ModelsFlags {
  readonly json?: true;
  readonly plugin?: readonly string[];
}

/** `diffir models`: what is installed. */
export function addModels(program: Command, choose: ChooseWork): void {
  const command = addCommand(program, 'models', 'list the installed models').option('--json', 'print JSON');
  addPluginOption(command).action((flags: ModelsFlags) => {
    choose(async (context) => (await import('./run')).runModels(flags, context));
  });
}
