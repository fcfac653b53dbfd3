import { describe, expect, it } from 'vitest';
import { checkTrainingConfig } from './check-config';

const network = {
  n_encoder_res: 5,
  inp_channels: 3,
  out_channels: 3,
  dim: 48,
  num_blocks: [3, 5, 6, 6],
  num_refinement_blocks: 4,
  heads: [1, 2, 4, 8],
  ffn_expansion_factor: 2,
  bias: false,
  LayerNorm_type: 'WithBias',
};

/** What the published option file of stage 1 of motion deblurring says, as far as it matters. */
const stage1 = {
  name: 'train_DiffIRS1',
  model_type: 'DiffIRS1Model',
  scale: 1,
  num_gpu: 'auto',
  manual_seed: 0,
  datasets: {
    train: {
      type: 'DeblurPairedDataset',
      dataroot_gt: 'gt',
      dataroot_lq: 'lq',
      geometric_augs: true,
      filename_tmpl: '{}',
      batch_size_per_gpu: 8,
      mini_batch_sizes: [8, 4],
      iters: [92_000, 208_000],
      gt_size: 512,
      gt_sizes: [192, 512],
    },
    val: { type: 'DeblurPairedDataset', dataroot_gt: 'val/gt', dataroot_lq: 'val/lq' },
  },
  network_g: { type: 'DiffIRS1', ...network },
  path: { pretrain_network_g: null },
  train: {
    ema_decay: 0.999,
    optim_g: { type: 'Adam', lr: 2e-4, weight_decay: 0, betas: [0.9, 0.999] },
    scheduler: {
      type: 'CosineAnnealingRestartCyclicLR',
      periods: [92_000, 208_000],
      restart_weights: [1, 1],
      eta_mins: [0.000285, 0.000001],
    },
    total_iter: 300_000,
    warmup_iter: -1,
    mixing_augs: { mixup: false },
    pixel_opt: { type: 'L1Loss', loss_weight: 1 },
  },
  val: { val_freq: 5000 },
  logger: { print_freq: 1000, save_checkpoint_freq: 5000 },
  dist_params: { backend: 'nccl' },
};

describe('published option files', () => {
  it('of stage 1 are this project’s configuration', () => {
    const { config, problems } = checkTrainingConfig(stage1);
    expect(problems).toEqual([]);
    expect(config).toMatchObject({
      task: 'deblur',
      stage: 1,
      data: { gt: 'gt', lq: 'lq', hflip: true, vflip: true, rot90: true },
      phases: [
        { iterations: 92_000, patch: 192, batch: 8 },
        { iterations: 208_000, patch: 512, batch: 4 },
      ],
      iterations: 300_000,
      learningRate: 2e-4,
      schedule: { kind: 'cyclic', periods: [92_000, 208_000], weights: [1, 1], minima: [0.000285, 0.000001] },
      betas: [0.9, 0.999],
      warmUp: 0,
      model: { dim: 48, blocks: [3, 5, 6, 6], encoderResidualBlocks: 5, layerNorm: 'WithBias' },
      validation: { gt: 'val/gt', lq: 'val/lq', every: 5000 },
      checkpoints: { every: 5000 },
      log: { every: 1000 },
    });
  });

  it('of stage 2 bring their teacher, and rates that fall in each phase', () => {
    const { config, problems } = checkTrainingConfig({
      ...stage1,
      model_type: 'DiffIRS2Model',
      network_g: {
        ...network,
        type: 'DiffIRS2',
        n_denoise_res: 1,
        linear_start: 0.1,
        linear_end: 0.99,
        timesteps: 4,
      },
      path: { pretrain_network_S1: 's1.pth', pretrain_network_g: 's1.pth' },
      train: {
        ...stage1.train,
        scheduler: { type: 'MultiStepLR', milestones: [300_000], gamma: 0.5 },
        encoder_iter: 100_000,
        lr_encoder: 2e-4,
        lr_sr: 1e-4,
        gamma_encoder: 0.1,
        gamma_sr: 0.5,
        lr_decay_encoder: 60_000,
        lr_decay_sr: 80_000,
      },
    });
    expect(problems).toEqual([]);
    expect(config).toMatchObject({
      stage: 2,
      teacher: 's1.pth',
      start: 's1.pth',
      prior: {
        iterations: 100_000,
        learningRate: 2e-4,
        schedule: { kind: 'step', period: 60_000, factor: 0.1 },
      },
      learningRate: 1e-4,
      schedule: { kind: 'step', period: 80_000, factor: 0.5 },
      model: { denoiserLayers: 1, timesteps: 4 },
    });
  });

  const gan = {
    ...stage1,
    model_type: 'DiffIRGANS2Model',
    scale: 4,
    datasets: { train: { ...stage1.datasets.train, type: 'RealESRGANDataset' } },
    network_d: { type: 'UNetDiscriminatorSN', num_in_ch: 3, num_feat: 64, skip_connection: true },
    path: { pretrain_network_S1: 's1.pth', pretrain_network_g: 's2.pth', pretrain_network_d: 'd.pth' },
    l1_gt_usm: true,
    percep_gt_usm: true,
    gan_gt_usm: false,
    train: {
      ...stage1.train,
      optim_d: { type: 'Adam', lr: 1e-4, weight_decay: 0, betas: [0.9, 0.99] },
      scheduler: { type: 'MultiStepLR', milestones: [400_000], gamma: 0.5 },
      lr_sr: 1e-4,
      gamma_sr: 0.5,
      lr_decay_sr: 300_000,
      perceptual_opt: {
        type: 'PerceptualLoss',
        layer_weights: { conv1_2: 0.1, conv5_4: 1 },
        vgg_type: 'vgg19',
        perceptual_weight: 2,
        style_weight: 0,
        criterion: 'l1',
      },
      gan_opt: { type: 'GANLoss', gan_type: 'vanilla', loss_weight: 0.5 },
      net_d_iters: 1,
      net_d_init_iters: 0,
    },
  };

  it('with a discriminator bring it, its rate and the perceptual loss', () => {
    const { config, problems } = checkTrainingConfig(gan);
    expect(problems).toEqual([]);
    expect(config).toMatchObject({
      task: 'real-sr',
      stage: 2,
      start: 's2.pth',
      data: { sharpenGt: false },
      losses: {
        pixel: { weight: 1, region: 'all', sharpenedTarget: true },
        perceptual: {
          weight: 2,
          file: 'experiments/pretrained_models/vgg19-dcbb9e9d.pth',
          layers: [0.1, 0, 0, 0, 1],
          sharpenedTarget: true,
        },
        adversarial: {
          weight: 0.5,
          kind: 'vanilla',
          discriminator: 'unet',
          features: 64,
          file: 'd.pth',
          learningRate: 1e-4,
          schedule: { kind: 'multistep', milestones: [400_000], factor: 0.5 },
        },
      },
    });
    // As the published V2 has it, and as runs record it that were begun before there was such a setting.
    expect(config?.losses.adversarial?.sharpenedTarget).toBeUndefined();
  });

  it.each(['l1_gt_usm', 'percep_gt_usm', 'gan_gt_usm'])(
    'with a discriminator sharpen for one loss: %s',
    (name) => {
      const { l1_gt_usm: _l1, percep_gt_usm: _percep, gan_gt_usm: _gan, ...rest } = gan;
      const { config, problems } = checkTrainingConfig({ ...rest, [name]: true });
      expect(problems).toEqual([]);
      const { pixel, perceptual, adversarial } = config?.losses ?? {};
      expect([pixel, perceptual, adversarial].map((loss) => loss?.sharpenedTarget)).toEqual(
        ['l1_gt_usm', 'percep_gt_usm', 'gan_gt_usm'].map((each) => (each === name ? true : undefined)),
      );
      expect(config?.data.sharpenGt).toBe(false);
      expect(checkTrainingConfig({ ...gan, [name]: 'half' }).problems).toEqual([
        expect.stringMatching(/^losses\.\w+\.sharpenedTarget: must be true or false, not "half"$/),
      ]);
    },
  );

  it('without a discriminator sharpen GT itself, and what only the others look at is passed over', () => {
    const sharpens = (options: object) => {
      const { config, problems } = checkTrainingConfig({ ...stage1, ...options });
      expect(problems).toEqual([]);
      return [config?.data.sharpenGt, config?.losses.pixel.sharpenedTarget];
    };
    expect(sharpens({ gt_usm: true })).toEqual([true, undefined]);
    expect(sharpens({ gt_usm: false })).toEqual([false, undefined]);
    expect(sharpens({ l1_gt_usm: true })).toEqual([false, undefined]);
    const { config } = checkTrainingConfig({ ...gan, gt_usm: true });
    expect(config?.data.sharpenGt).toBe(false);
  });

  it('that ask for what is not done here are refused, with every reason', () => {
    const { problems } = checkTrainingConfig({
      ...gan,
      model_type: 'SwinIRModel',
      network_d: { type: 'VGGStyleDiscriminator' },
      datasets: { train: { ...gan.datasets.train, filename_tmpl: '{}x4' } },
      train: {
        ...gan.train,
        mixing_augs: { mixup: true },
        gan_opt: { gan_type: 'wgan' },
        perceptual_opt: { vgg_type: 'vgg16', criterion: 'fro', style_weight: 1, layer_weights: { pool1: 1 } },
        net_d_iters: 2,
        net_d_init_iters: 100,
      },
    });
    expect(problems.map((problem) => problem.split(':')[0])).toEqual([
      'model_type',
      'train.mixing_augs.mixup',
      'datasets.train.filename_tmpl',
      'train.perceptual_opt.vgg_type',
      'train.perceptual_opt.criterion',
      'train.perceptual_opt.style_weight',
      'train.perceptual_opt.layer_weights',
      'train.gan_opt.gan_type',
      'network_d.type',
      'train.net_d_iters',
      'train.net_d_init_iters',
    ]);
  });
});
