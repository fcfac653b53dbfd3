import type { Command } from 'commander';
import { numberRules } from '../../options/option-rules';
import { numberBy } from '../../options/parse-option';
import { addCommand, addPluginOption, type ChooseWork } from '../add-command';

export interface VerifyFlags {
  readonly model: string;
  readonly expected: string;
  readonly backend?: string;
  readonly tolerance: number;
  readonly plugin?: readonly string[];
}

/** `diffir verify`: whether a model computes here what it computed elsewhere. */
export function addVerify(program: Command, choose: ChooseWork): void {
  const command = addCommand(program, 'verify', 'compare a model with recorded results')
    .requiredOption('--model <name|file>', 'pretrained model or checkpoint file')
    .requiredOption(
      '--expected <file>',
      'a .safetensors file with input, noise, condition, ipr and output (N,C,H,W)',
    )
    .option('--backend <id>', 'auto, webgpu, onnx, node, wasm or cpu (default: auto)')
    .option('--tolerance <x>', 'largest absolute difference', numberBy(numberRules.tolerance), 1e-4);
  addPluginOption(command).action((flags: VerifyFlags) => {
    choose(async (context) => (await import('./run')).runVerify(flags, context));
  });
}
