import {
  type Degradation,
  OptionError,
  type Registry,
  type TaskDefinition,
  UnknownIdError,
} from '@diffir/core';
import {
  type MetricRequestOptions,
  type ProtocolId,
  protocols,
  requestMetrics,
  requestTable,
} from '@diffir/metrics';
import type { Degrading, ReadExampleOptions } from '../../eval/read-example';
import type { NamedRequest } from '../../eval/report/evaluation-report';
import { recodeAsJpeg } from '../../io/jpeg-codec';
import { defined } from '../../options/defined';
import type { DiffIRConfig } from '../../plugins/config';
import type { EvalFlags } from './command';

const DEFAULT_METRICS = 'psnr,ssim';

/** The protocol that is asked for. @throws UnknownIdError listing the known ones */
export function chooseProtocol(name: string | undefined): ProtocolId | undefined {
  if (name === undefined || isProtocol(name)) return name;
  throw new UnknownIdError('protocol', name, Object.keys(protocols));
}

function isProtocol(name: string): name is ProtocolId {
  return Object.hasOwn(protocols, name);
}

/**
 * The metrics in the order they are asked for: those named, else the protocol's, else PSNR and SSIM.
 * @throws UnknownIdError for an unknown metric, OptionError for one that is named twice
 */
export function chooseMetrics(
  { metrics, channel, border }: Pick<EvalFlags, 'metrics' | 'channel' | 'border'>,
  protocol: ProtocolId | undefined,
): readonly NamedRequest[] {
  const pixels = defined({ channel, border });
  if (metrics === undefined && protocol !== undefined) {
    return requestTable(protocol, pixels).map((request) => ({ key: request.metric, request }));
  }
  const names = (metrics ?? DEFAULT_METRICS).split(',').map((name) => name.trim());
  const repeated = names.find((name, index) => names.indexOf(name) < index);
  if (repeated !== undefined) {
    throw new OptionError({
      subject: '--metrics',
      problem: `${repeated} is named twice`,
      remedy: 'name it once',
    });
  }
  const options: MetricRequestOptions = { pixels, ...(protocol && { protocol }) };
  return requestMetrics(names, options).map((request, index) => ({ key: names[index] ?? '', request }));
}

/** What a run works on and how, beside its images. */
export interface EvalTask {
  /** Absent where each model says what it is for. */
  readonly task?: TaskDefinition;
  readonly reading: ReadExampleOptions;
}

interface TaskSetup {
  readonly registry: Registry;
  readonly config: DiffIRConfig;
  readonly cwd: string;
  readonly protocol: ProtocolId | undefined;
}

/**
 * How examples are read or made.
 * @throws OptionError when it is not said where low-quality images come from, or options contradict each other
 * @throws UnknownIdError for an unknown task or recipe
 */
export function chooseTask(flags: EvalFlags, { registry, config, cwd, protocol }: TaskSetup): EvalTask {
  const { lq, degrade, scale, mask } = flags;
  if (lq === undefined && degrade === undefined) {
    throw new OptionError({
      subject: '--gt',
      problem: 'it does not say where low-quality images come from',
      remedy: 'give --lq or --degrade',
    });
  }
  const id = flags.task ?? (degrade === undefined ? undefined : (config.task ?? 'deblur'));
  const task = id === undefined ? undefined : registry.task(id);
  assertMask(task, flags);
  const multiples = protocol === undefined ? [] : [protocols[protocol].modCrop];
  const degrading =
    degrade === undefined || task === undefined ? undefined : recipeOf(task, degrade, flags, config);
  return {
    ...(task && { task }),
    reading: { cwd, multiples, ...defined({ scale, masks: mask, degrading }) },
  };
}

function recipeOf(task: TaskDefinition, id: string, flags: EvalFlags, config: DiffIRConfig): Degrading {
  const recipes = task.degradations ?? [];
  const recipe = recipes.find((each) => each.id === id);
  if (recipe === undefined) {
    throw new UnknownIdError(
      'recipe',
      id,
      recipes.map((each) => each.id),
    );
  }
  assertRecipe(recipe, flags);
  return {
    recipe,
    context: { jpeg: recodeAsJpeg, ...defined({ scale: flags.scale }) },
    seed: flags.seed ?? config.seed ?? 0,
  };
}

function assertRecipe({ id, needs = [], defaultScale }: Degradation, { scale }: EvalFlags): void {
  if (needs.includes('kernels')) {
    throw new OptionError({
      subject: `recipe ${id}`,
      problem: 'it needs blur kernels',
      remedy: 'make the images with diffir degrade, and give them with --lq',
    });
  }
  if (scale !== undefined && scale !== 1 && defaultScale === undefined) {
    throw new OptionError({
      subject: '--scale',
      problem: `recipe ${id} keeps the size`,
      remedy: 'leave it out, or choose another --task and recipe',
    });
  }
}

function assertMask(task: TaskDefinition | undefined, { mask, degrade }: EvalFlags): void {
  if (mask !== undefined && degrade !== undefined) {
    throw new OptionError({
      subject: '--mask',
      problem: 'the recipe makes the masks',
      remedy: 'leave it out',
    });
  }
  if (task?.mask === 'required' && mask === undefined && degrade === undefined) {
    throw new OptionError({ subject: `task ${task.id}`, problem: 'it needs masks', remedy: 'give --mask' });
  }
}
