import type { TargetType } from '@diffir/core';
import { type Command, Option } from 'commander';
import { addCommand, type ChooseWork } from '../add-command';

export interface ConvertFlags {
  readonly dtype?: TargetType;
  readonly overwrite?: boolean;
}

/** `diffir convert`: one checkpoint format into another. */
export function addConvert(program: Command, choose: ChooseWork): void {
  addCommand(program, 'convert', 'convert a checkpoint file')
    .argument('<in>', 'a .pth, .ckpt or .safetensors file')
    .argument('<out>', 'a .safetensors or .pth file')
    .addOption(
      new Option(
        '--dtype <type>',
        'type of the weights; f16 leaves vectors in f32 (default: as they are)',
      ).choices(['f32', 'f16']),
    )
    .option('--overwrite', 'replace an existing file')
    .action((input: string, output: string, flags: ConvertFlags) => {
      choose(async (context) => (await import('./run')).runConvert({ input, output }, flags, context));
    });
}
