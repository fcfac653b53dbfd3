import type { Command } from 'commander';
import { addCommand, addPluginOption, type ChooseWork } from '../add-command';

export interface InspectFlags {
  readonly json?: true;
  readonly plugin?: readonly string[];
}

/** `diffir inspect`: what a checkpoint holds. */
export function addInspect(program: Command, choose: ChooseWork): void {
  const command = addCommand(program, 'inspect', 'tell what a checkpoint file holds')
    .argument('<file>', 'a .pth, .ckpt or .safetensors file')
    .option('--json', 'print JSON');
  addPluginOption(command).action((file: string, flags: InspectFlags) => {
    choose(async (context) => (await import('./run')).runInspect(file, flags, context));
  });
}
