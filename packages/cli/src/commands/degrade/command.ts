import { type Command, Option } from 'commander';
import { outputFormats } from '../../io/image-formats';
import { type NumberRule, numberRules } from '../../options/option-rules';
import { numberBy } from '../../options/parse-option';
import { addCommand, addPluginOption, type ChooseWork } from '../add-command';

/** The options of `diffir degrade` as the user gave them. */
export interface DegradeFlags {
  readonly output: string;
  readonly task?: string;
  readonly recipe?: string;
  readonly scale?: number;
  readonly kernels?: string;
  readonly gt?: string;
  readonly masks?: string;
  readonly seed?: number;
  readonly format?: string;
  readonly quality?: number;
  readonly suffix?: string;
  readonly recursive?: true;
  readonly overwrite?: true;
  readonly json?: true;
  readonly quiet?: true;
  readonly plugin?: readonly string[];
}

const scaleRule: NumberRule = {
  says: 'a whole number from 1 to 16',
  accepts: (value) => Number.isInteger(value) && value >= 1 && value <= 16,
};

const examples = `
Examples:
  diffir degrade photos -o low --task sr --scale 4 --gt high
  diffir degrade photos -o low --task real-sr --seed 1
  diffir degrade photos -o blurred --task deblur --recipe kernels --kernels kernels.mat
  diffir degrade photos -o holes --task inpaint --masks masks`;

/** `diffir degrade`: training and evaluation examples made of good photos. */
export function addDegrade(program: Command, choose: ChooseWork): void {
  const command = addCommand(program, 'degrade', 'make low-quality images of good ones')
    .argument('<input...>', 'image files, folders, or quoted patterns like "photos/*.jpg"')
    .requiredOption('-o, --output <file|folder>', 'where the low-quality images go')
    .option('--task <task>', 'what is to be restored: deblur, sr, real-sr or inpaint (default: deblur)')
    .option('--recipe <id>', "how to degrade (default: the task's first recipe)")
    .option('--scale <n>', 'how many times smaller the results are (default: 4)', numberBy(scaleRule))
    .option('--kernels <file>', 'for the recipe "kernels": a .mat file of blur kernels')
    .option('--gt <folder>', 'write the ground truth too, cropped to fit')
    .option('--masks <folder>', 'for inpaint: where the masks go')
    .option('--seed <n>', 'seed of all chance (default: 0)', numberBy(numberRules.seed))
    .addOption(
      new Option('--format <format>', 'format of the results (default: png)').choices([
        'keep',
        ...outputFormats,
      ]),
    )
    .option('--quality <n>', 'for jpeg, webp and avif: 1 to 100', numberBy(numberRules.quality))
    .option('--suffix <text>', 'put behind the names of results in a folder')
    .option('--recursive', 'degrade the images in subfolders too, keeping the tree')
    .option('--overwrite', 'replace existing results')
    .option('--json', 'print one line of JSON for each image')
    .option('-q, --quiet', 'print nothing but errors');
  addPluginOption(command)
    .addHelpText('after', examples)
    .action((inputs: string[], flags: DegradeFlags) => {
      choose(async (context) => (await import('./run')).runDegrade(inputs, flags, context));
    });
}
