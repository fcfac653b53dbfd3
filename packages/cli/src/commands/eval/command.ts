import { type Command, Option } from 'commander';
import { type NumberRule, numberRules } from '../../options/option-rules';
import { autoOr, byteCount, collect, numberBy } from '../../options/parse-option';
import { addCommand, addPluginOption, type ChooseWork } from '../add-command';

/** The options of `diffir eval` as the user gave them. */
export interface EvalFlags {
  readonly gt: string;
  readonly lq?: string;
  readonly lqSuffix?: string;
  readonly degrade?: string;
  readonly task?: string;
  readonly scale?: number;
  readonly mask?: string;
  readonly model?: readonly string[];
  readonly metrics?: string;
  readonly protocol?: string;
  readonly channel?: 'rgb' | 'y';
  readonly border?: number;
  readonly metricWeights?: string;
  readonly output?: string;
  readonly report?: readonly string[];
  readonly resume: boolean;
  readonly overwrite?: true;
  readonly limit?: number;
  readonly skipMissing?: true;
  readonly recursive?: true;
  readonly tile?: number | 'auto';
  readonly overlap?: number;
  readonly maxMemory?: number;
  readonly backend?: string;
  readonly workers?: number | 'auto';
  readonly seed?: number;
  readonly json?: true;
  readonly quiet?: true;
  readonly plugin?: readonly string[];
}

const scaleRule: NumberRule = {
  says: 'a whole number from 1 to 16',
  accepts: (value) => Number.isInteger(value) && value >= 1 && value <= 16,
};

const pixelsRule: NumberRule = {
  says: 'a whole number of pixels',
  accepts: (value) => Number.isInteger(value) && value >= 0,
};

const countRule: NumberRule = {
  says: 'a whole number from 1 up',
  accepts: (value) => Number.isInteger(value) && value >= 1,
};

const examples = `
Examples:
  diffir eval --gt sharp --lq blurred --model deblur -o evaluation
  diffir eval --gt photos --degrade camera-shake --model deblur --model mine.pth --report report.html
  diffir eval --task sr --gt HR --degrade bicubic --model x4.pth --protocol paper-sr --metric-weights weights
  diffir eval --gt sharp --lq results-of-another-program --metrics psnr,ssim,lpips --metric-weights weights`;

/** `diffir eval`: how close models come to the ground truth. */
export function addEval(program: Command, choose: ChooseWork): void {
  const command = addCommand(program, 'eval', 'measure models against ground truth')
    .requiredOption('--gt <folder>', 'ground truth')
    .addOption(
      new Option('--lq <folder>', 'low-quality images, or results, named like it').conflicts('degrade'),
    )
    .option('--lq-suffix <text>', 'what their names have behind those of the ground truth')
    .option('--degrade <recipe>', 'make the low-quality images of the ground truth, as diffir degrade does')
    .option('--task <task>', 'what to do: deblur, sr, real-sr or inpaint')
    .option('--scale <n>', 'how many times smaller low-quality images are', numberBy(scaleRule))
    .option('--mask <file|folder>', 'for inpaint with --lq: what to fill is white (or opaque)')
    .option('--model <name|file>', 'what to measure beside the input itself (repeatable)', collect)
    .option('--metrics <list>', 'psnr, ssim, lpips, dists, niqe, fid (default: psnr,ssim)')
    .option('--protocol <name>', "the settings of a paper's table, and its columns unless --metrics is given")
    .addOption(new Option('--channel <name>', 'what PSNR and SSIM compare').choices(['rgb', 'y']))
    .option('--border <px>', 'edges that PSNR and SSIM leave out', numberBy(pixelsRule))
    .option('--metric-weights <folder>', 'where the weight files of metrics lie')
    .option('-o, --output <folder>', 'where reports, restored images and results to resume from go')
    .option('--report <file>', 'a report alone: .html, .md, .csv or .json (repeatable)', collect)
    .option('--no-resume', 'do not take results of an earlier run from the output folder')
    .option('--overwrite', 'replace files of --report')
    .option('--limit <n>', 'only the first images by name', numberBy(countRule))
    .option('--skip-missing', 'leave out images without a counterpart')
    .option('--recursive', 'images in subfolders too')
    .option('--tile <px|auto|0>', 'side of tiles; 0 for none (default: auto)', autoOr(numberRules.tile))
    .option('--overlap <px>', 'least overlap of tiles', numberBy(numberRules.overlap))
    .option('--max-memory <size>', "what the network's work may take, like 800M or 2G", byteCount)
    .option('--backend <id>', 'auto, webgpu, onnx, node, wasm or cpu (default: auto)')
    .option('--workers <n|auto>', 'threads for wasm and cpu (default: auto)', autoOr(numberRules.workers))
    .option('--seed <n>', 'seed of the diffusion and of --degrade (default: 0)', numberBy(numberRules.seed))
    .option('--json', 'print the report as JSON')
    .option('-q, --quiet', 'print nothing but errors');
  addPluginOption(command)
    .addHelpText('after', examples)
    .action((flags: EvalFlags) => {
      choose(async (context) => (await import('./run')).runEval(flags, context));
    });
}
