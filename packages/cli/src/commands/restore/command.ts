import { type Command, Option } from 'commander';
import { outputFormats } from '../../io/image-formats';
import { numberRules } from '../../options/option-rules';
import { autoOr, byteCount, numberBy } from '../../options/parse-option';
import { addCommand, addPluginOption, type ChooseWork } from '../add-command';

/** The options of `diffir restore` as the user gave them. */
export interface RestoreFlags {
  readonly output: string;
  readonly task?: string;
  readonly model?: string;
  readonly mask?: string;
  readonly invertMask?: true;
  readonly outscale?: number;
  readonly tile?: number | 'auto';
  readonly overlap?: number;
  readonly maxMemory?: number;
  readonly backend?: string;
  readonly workers?: number | 'auto';
  readonly seed?: number;
  readonly format?: string;
  readonly quality?: number;
  readonly strip?: true;
  readonly suffix?: string;
  readonly recursive?: true;
  readonly overwrite?: true;
  readonly skipExisting?: true;
  readonly json?: true;
  readonly quiet?: true;
  readonly plugin?: readonly string[];
}

const examples = `
Examples:
  diffir restore blurred.jpg -o sharp.jpg
  diffir restore photos -o restored --recursive --skip-existing
  diffir restore "scans/*.tif" -o restored --format png
  diffir restore hole.png -o filled.png --task inpaint --mask mask.png`;

/** `diffir restore`: photos in, photos out. */
export function addRestore(program: Command, choose: ChooseWork): void {
  const command = addCommand(program, 'restore', 'restore photos')
    .argument('<input...>', 'image files, folders, or quoted patterns like "photos/*.jpg"')
    .requiredOption('-o, --output <file|folder>', 'where the results go')
    .option('--task <task>', 'what to do: deblur, sr, real-sr or inpaint (default: deblur)')
    .option('--model <name|file>', 'pretrained model, or a .pth, .ckpt or .safetensors file')
    .option('--mask <file|folder>', 'for inpaint: what to fill is white (or opaque)')
    .option('--invert-mask', 'fill what is black (or transparent) instead')
    .option('--outscale <n>', "final size over the input's", numberBy(numberRules.outscale))
    .option('--tile <px|auto|0>', 'side of tiles; 0 for none (default: auto)', autoOr(numberRules.tile))
    .option('--overlap <px>', 'least overlap of tiles', numberBy(numberRules.overlap))
    .option('--max-memory <size>', "what the network's work may take, like 800M or 2G", byteCount)
    .option('--backend <id>', 'auto, webgpu, onnx, node, wasm or cpu (default: auto)')
    .option('--workers <n|auto>', 'threads for wasm and cpu (default: auto)', autoOr(numberRules.workers))
    .option('--seed <n>', "seed of the diffusion's noise (default: 0)", numberBy(numberRules.seed))
    .addOption(
      new Option('--format <format>', "format of the results (default: keep the input's)").choices([
        'keep',
        ...outputFormats,
      ]),
    )
    .option('--quality <n>', 'for jpeg, webp and avif: 1 to 100', numberBy(numberRules.quality))
    .option('--strip', 'leave out EXIF, XMP and IPTC metadata; the colour profile stays')
    .option('--suffix <text>', 'put behind the names of results in a folder')
    .option('--recursive', 'restore the images in subfolders too, keeping the tree')
    .addOption(new Option('--overwrite', 'replace existing results').conflicts('skipExisting'))
    .option('--skip-existing', 'leave out inputs whose result exists')
    .option('--json', 'print one line of JSON for each image')
    .option('-q, --quiet', 'print nothing but errors');
  addPluginOption(command)
    .addHelpText('after', examples)
    .action((inputs: string[], flags: RestoreFlags) => {
      choose(async (context) => (await import('./run')).runRestore(inputs, flags, context));
    });
}
