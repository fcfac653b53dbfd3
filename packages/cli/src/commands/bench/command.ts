import type { Command } from 'commander';
import { numberRules } from '../../options/option-rules';
import { collect, numberBy } from '../../options/parse-option';
import { runsRule, type SizeFlag, sizes } from '../../options/parse-size';
import { addCommand, addPluginOption, type ChooseWork } from '../add-command';

export interface BenchFlags {
  readonly model?: string;
  readonly size?: readonly SizeFlag[];
  readonly backend?: readonly string[];
  readonly runs: number;
  readonly seed: number;
  readonly json?: true;
  readonly plugin?: readonly string[];
}

/** `diffir bench`: how fast a network is here, and what memory it takes. */
export function addBench(program: Command, choose: ChooseWork): void {
  const command = addCommand(program, 'bench', 'time a network on the backends that work here')
    .option('--model <name|file>', 'pretrained model, preset (random weights) or checkpoint file')
    .option('--size <n|HxW>', 'pixels of the input (repeatable; default: 256, or 64 for ×4)', sizes)
    .option('--backend <id>', 'backend to time (repeatable; default: each that is fit for use here)', collect)
    .option('--runs <n>', 'passes on each backend, in turn', numberBy(runsRule), 5)
    .option('--seed <n>', 'seed of the input and of random weights', numberBy(numberRules.seed), 0)
    .option('--json', 'print JSON');
  addPluginOption(command).action((flags: BenchFlags) => {
    choose(async (context) => (await import('./run')).runBench(flags, context));
  });
}
