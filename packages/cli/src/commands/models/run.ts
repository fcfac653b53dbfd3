import type { ModelDefinition, PretrainedModel, Registry } from '@diffir/core';
import { publishedCheckpoints } from '@diffir/models';
import type { CliContext } from '../../context';
import { type ExitCode, exitCodes } from '../../exit-code';
import { install } from '../../plugins/installation';
import { indent, table } from '../../text/layout';
import { formatBytes } from '../../text/units';
import type { ModelsFlags } from './command';

/** Prints the pretrained models, and which architectures a checkpoint file may have. */
export async function runModels({ json, plugin = [] }: ModelsFlags, context: CliContext): Promise<ExitCode> {
  const { registry } = await install(plugin, context.cwd);
  context.stdout.write(`${json ? JSON.stringify(asJson(registry)) : asText(registry)}\n`);
  return exitCodes.done;
}

function asJson({ pretrained, models }: Registry) {
  return {
    pretrained: pretrained.map(({ url, ...model }) => ({ ...model, url: url.href })),
    published: publishedCheckpoints,
    architectures: models.map(({ id, description, presets = {} }) => ({
      id,
      description,
      presets: Object.keys(presets),
    })),
  };
}

function asText({ pretrained, models }: Registry): string {
  return [
    'pretrained models (--model <name>)',
    indent(pretrained.length > 0 ? pretrainedTable(pretrained) : 'none is installed'),
    '',
    "checkpoints of the paper's authors (get the file, then --model <file>; scores are the paper's)",
    indent(publishedTable()),
    '',
    'architectures of checkpoint files (--model <file>)',
    indent(table(models.map(({ id, description }) => [id, description]))),
    ...models
      .filter(hasPresets)
      .flatMap(({ id, presets = {} }) => ['', `presets of ${id}`, presetNames(presets)]),
  ].join('\n');
}

function pretrainedTable(pretrained: readonly PretrainedModel[]): string {
  const head = ['name', 'task', 'scale', 'size', 'licence', 'scores'];
  const rows = pretrained.map(({ name, task, scale, bytes, licence, scores }) => {
    return [name, task, `×${scale}`, formatBytes(bytes), licence, firstScore(scores)];
  });
  return table([head, ...rows]);
}

/** A line has room for one; JSON and the model cards have all. */
function firstScore(scores: PretrainedModel['scores']): string {
  const [first, ...others] = Object.entries(scores).map(([score, value]) => `${score} ${value}`);
  if (first === undefined) return '–';
  return others.length === 0 ? first : `${first} (${others.length} more with --json)`;
}

function publishedTable(): string {
  const head = ['preset', 'task', 'scale', 'scores', 'published at'];
  const rows = publishedCheckpoints.map(({ preset, task, scale, paper, published }) => {
    // The first row of the paper's table; the model cards have them all.
    const [first] = paper;
    const scores = Object.entries(first?.scores ?? {}).map(([metric, value]) => `${metric} ${value}`);
    const said = first === undefined ? '–' : `${first.set}: ${scores.join(', ')}`;
    return [preset, task, `×${scale}`, said, published];
  });
  return table([head, ...rows]);
}

function hasPresets({ presets = {} }: ModelDefinition): boolean {
  return Object.keys(presets).length > 0;
}

function presetNames(presets: NonNullable<ModelDefinition['presets']>): string {
  const rows = Object.entries(presets).map(([name, { descriptor }]) => [name, descriptor.purpose]);
  return indent(table(rows));
}
