import { type Command, Option } from 'commander';
import { parseSize, type SizeFlag } from '../../options/parse-size';
import { addCommand, addPluginOption, type ChooseWork } from '../add-command';

export interface ExportFlags {
  readonly output: string;
  readonly task?: string;
  readonly size?: SizeFlag;
  readonly dtype: 'f32' | 'f16';
  readonly overwrite?: boolean;
  readonly plugin?: readonly string[];
}

/** `diffir export`: a model as an ONNX graph. */
export function addExport(program: Command, choose: ChooseWork): void {
  const command = addCommand(program, 'export', 'write a model as an ONNX file')
    .argument('[model]', 'pretrained model, task or checkpoint file', 'deblur')
    .requiredOption('-o, --output <file>', 'the .onnx file')
    .option('--task <id>', 'what to use the model for (default: the first task it serves)')
    .option('--size <n|HxW>', 'pixels of the input (default: any, when the graph is run)', parseSize)
    .addOption(new Option('--dynamic', 'any size, which is the default').conflicts('size'))
    .addOption(new Option('--dtype <type>', 'how weights are stored').choices(['f32', 'f16']).default('f32'))
    .option('--overwrite', 'replace an existing file');
  addPluginOption(command).action((model: string, flags: ExportFlags) => {
    choose(async (context) => (await import('./run')).runExport(model, flags, context));
  });
}
