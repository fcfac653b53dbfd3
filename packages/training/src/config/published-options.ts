import { translateLosses } from './published-losses';
import { translateRates, translateScheduler } from './published-rates';
import { publishedSharpening } from './published-sharpening';
import type { ProblemList } from './reader';
import { given, group, isSettings, type Settings } from './settings';

/** The published training models, and the stage of each. */
const stages: Readonly<Record<string, 1 | 2>> = { DiffIRS1Model: 1, DiffIRS2Model: 2, DiffIRGANS2Model: 2 };

/** What makes a published option file out of any settings. */
export function isPublishedOptions(value: unknown): value is Settings {
  return isSettings(value) && ('network_g' in value || 'model_type' in value);
}

/**
 * An option file of the published code (BasicSR's manner) as a configuration of this project. What has no
 * counterpart and would change the training is a problem; what only concerns the machine is passed over.
 */
export function translatePublishedOptions(options: Settings, problems: ProblemList): Settings {
  const { model_type: modelType, scale = 1 } = options;
  const stage = stages[String(modelType)];
  if (stage === undefined) {
    problems.add(
      'model_type',
      `${String(modelType)} is not trained by this command; known: ${Object.keys(stages).join(', ')}`,
    );
  }
  const train = group(options, 'train');
  const datasets = group(options, 'datasets');
  const source = group(datasets, 'train');
  const task = taskOf(source, Number(scale), problems);
  const path = group(options, 'path');
  const logger = group(options, 'logger');
  const validation = Object.entries(datasets).find(([name]) => name.startsWith('val'))?.[1];
  refuseMixing(train, problems);
  return given({
    task,
    stage: stage ?? 1,
    run: `experiments/${String(options.name ?? 'run')}`,
    seed: options.manual_seed,
    scale: task === 'deblur' ? undefined : scale,
    model: translateNetwork(group(options, 'network_g')),
    teacher: stage === 2 ? path.pretrain_network_S1 : undefined,
    start: path.pretrain_network_g,
    data: { ...translateData(source, problems), ...given({ sharpenGt: publishedSharpening(options).gt }) },
    ...translatePatches(source),
    iterations: train.total_iter,
    ...translateRates(train, stage ?? 1, problems),
    betas: group(train, 'optim_g').betas,
    ema: { decay: train.ema_decay },
    losses: translateLosses(options, schedulerOf(train, problems), problems),
    validation: isSettings(validation)
      ? { gt: validation.dataroot_gt, lq: validation.dataroot_lq, every: group(options, 'val').val_freq }
      : undefined,
    checkpoints: { every: logger.save_checkpoint_freq },
    log: { every: logger.print_freq },
  });
}

function taskOf({ type }: Settings, scale: number, problems: ProblemList): string {
  if (type === 'DeblurPairedDataset') return 'deblur';
  if (type === 'RealESRGANDataset') return 'real-sr';
  if (type === 'PairedImageDataset') return scale === 1 ? 'deblur' : 'sr';
  problems.add('datasets.train.type', `${String(type)} is no kind of data that this command reads`);
  return 'deblur';
}

function translateData(source: Settings, problems: ProblemList): Settings {
  const { filename_tmpl: template = '{}', dataroot_gt: gt, dataroot_lq: lq } = source;
  if (template !== '{}') {
    problems.add('datasets.train.filename_tmpl', 'pairs are matched by equal names: rename the files');
  }
  const geometric = source.geometric_augs;
  return given({
    gt,
    lq,
    hflip: geometric ?? source.use_hflip,
    vflip: geometric ?? source.use_rot,
    rot90: geometric ?? source.use_rot,
  });
}

function translatePatches(source: Settings): Settings {
  const { mini_batch_sizes: batches, iters, gt_sizes: patches } = source;
  if (Array.isArray(batches) && Array.isArray(iters) && Array.isArray(patches)) {
    return {
      phases: iters.map((iterations: unknown, index) => ({
        iterations,
        patch: patches[index],
        batch: batches[index],
      })),
    };
  }
  return { batch: source.batch_size_per_gpu, patch: source.gt_size };
}

function translateNetwork(network: Settings): Settings {
  return given({
    dim: network.dim,
    blocks: network.num_blocks,
    refinementBlocks: network.num_refinement_blocks,
    heads: network.heads,
    ffnExpansionFactor: network.ffn_expansion_factor,
    bias: network.bias,
    layerNorm: network.LayerNorm_type,
    encoderResidualBlocks: network.n_encoder_res,
    denoiserLayers: network.n_denoise_res,
    timesteps: network.timesteps,
    linearStart: network.linear_start,
    linearEnd: network.linear_end,
  });
}

function refuseMixing(train: Settings, problems: ProblemList): void {
  if (group(train, 'mixing_augs').mixup === true) {
    problems.add('train.mixing_augs.mixup', 'mixing pictures is not supported');
  }
}

/** The scheduler of both optimisers; only the discriminator's follows it in stage 2. */
function schedulerOf(train: Settings, problems: ProblemList): Settings | undefined {
  return 'gan_opt' in train ? translateScheduler(group(train, 'scheduler'), problems) : undefined;
}
