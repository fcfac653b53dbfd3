import type { Command } from 'commander';
import { addCommand, type ChooseWork } from '../add-command';

/** The options of `diffir train` as the user gave them. */
export interface TrainFlags {
  readonly config: string;
  readonly resume?: true;
  readonly quiet?: true;
}

const examples = `
Examples:
  diffir train --config examples/train/deblur-small-s1.yaml
  diffir train --config examples/train/deblur-small-s1.yaml --resume`;

/** `diffir train`: trains a network by a configuration file. */
export function addTrain(program: Command, choose: ChooseWork): void {
  addCommand(program, 'train', 'train a network')
    .requiredOption('--config <file>', 'what to train on what, in YAML (see docs/guides/train.md)')
    .option('--resume', 'go on with the run in the run folder')
    .option('-q, --quiet', 'print nothing but errors')
    .addHelpText('after', examples)
    .action((flags: TrainFlags) => {
      choose(async (context) => (await import('./run')).runTrain(flags, context));
    });
}
