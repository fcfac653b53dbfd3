import { deblurring, inpainting, realWorldSuperResolution } from '@diffir/tasks';
import { describe, expect, it } from 'vitest';
import { phaseAt } from '../run/training-phases';
import { checkTrainingConfig } from './check-config';
import { setupProblems, toRunSetup } from './run-setup';

const least = {
  task: 'deblur',
  stage: 1,
  run: 'run',
  data: { gt: 'photos' },
  batch: 8,
  patch: 64,
  iterations: 10,
};

describe('configurations', () => {
  it('are filled up with defaults', () => {
    const { config, problems } = checkTrainingConfig(least);
    expect(problems).toEqual([]);
    expect(config).toMatchObject({
      seed: 0,
      workers: 'auto',
      learningRate: 2e-4,
      betas: [0.9, 0.99],
      ema: { decay: 0.999, ramp: false },
      checkpoints: { every: 1000, keep: 3 },
      losses: { pixel: { weight: 1, region: 'all' } },
    });
  });

  it.each([
    [{ stage: 3 }, 'stage: must be one of 1, 2, not 3'],
    [{ stage: 2 }, 'teacher: stage 2 needs the checkpoint of stage 1'],
    [{ teacher: 'a.pth' }, 'teacher: stage 1 has none'],
    [{ workers: 'many' }, 'workers: must be one of auto, not "many"'],
    [{ betas: [0.9] }, 'betas: must be a list of 2, not [0.9]'],
    [{ betas: [0.9, 2] }, 'betas[1]: must be a number of at least 0 and at most 1, not 2'],
    [
      { schedule: { kind: 'stairs' } },
      'schedule.kind: must be one of constant, cosine, multistep, step, cyclic',
    ],
    [{ schedule: { kind: 'multistep' } }, 'schedule.milestones: must be a list, not nothing'],
    [{ phases: [{ iterations: 1, patch: 8, batch: 1 }] }, 'phases: stands in place of batch and patch'],
    [{ model: { dim: 8, width: 3 } }, 'model.width: unknown setting'],
    [{ model: 'huge' }, 'model: must be a group of settings, not "huge"'],
    [{ data: { gt: 'a', lq: 'b', recipe: 'camera-shake' } }, 'data.recipe: pairs with lq are not degraded'],
    [
      { stage: 2, teacher: 'a.pth', prior: { iterations: 11 } },
      'prior.iterations: must be at most the 10 iterations',
    ],
    [{ losses: { r1: { weight: 1 } } }, 'losses.r1: needs losses.adversarial'],
    [{ losses: { featureMatching: {} } }, 'losses.featureMatching: needs losses.adversarial'],
    [{ losses: { perceptual: {} } }, 'losses.perceptual.file: must be a text, not nothing'],
    [
      { losses: { adversarial: { kind: 'hinge', discriminator: 'unet' } } },
      'losses.adversarial.kind: must be one of vanilla, non-saturating, not "hinge"',
    ],
    [
      { losses: { pixel: { sharpenedTarget: 0.5 } } },
      'losses.pixel.sharpenedTarget: must be true or false, not 0.5',
    ],
    [
      { data: { gt: 'a', sharpenGt: true }, losses: { pixel: { sharpenedTarget: true } } },
      'losses.pixel.sharpenedTarget: data.sharpenGt sharpens for all losses: give one of the two',
    ],
  ])('%o', (changes, problem) => {
    const { config, problems } = checkTrainingConfig({ ...least, ...changes });
    expect(config).toBeUndefined();
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });

  it('say nothing of sharpening where they are not asked to, so that recorded runs go on', () => {
    const { config } = checkTrainingConfig({
      ...least,
      losses: {
        perceptual: { file: 'vgg19.pth' },
        adversarial: { kind: 'vanilla', discriminator: 'unet' },
      },
    });
    expect(JSON.stringify(config?.losses)).not.toContain('sharpened');
  });

  it.each([undefined, 'text', [1]])('%o is none', (value) => {
    expect(checkTrainingConfig(value).problems).toHaveLength(1);
  });
});

describe('a run’s setup', () => {
  it('has the small network, and the rate of every phase from that phase’s beginning', () => {
    const { config } = checkTrainingConfig({
      ...least,
      stage: 2,
      teacher: 's1.safetensors',
      model: { dim: 16, blocks: [2, 2, 2, 3], refinementBlocks: 1, encoderResidualBlocks: 2, timesteps: 8 },
      iterations: 30,
      learningRate: 1e-3,
      schedule: { kind: 'step', period: 10, factor: 0.5 },
      prior: { iterations: 10, learningRate: 2e-4, schedule: { kind: 'step', period: 5, factor: 0.1 } },
    });
    if (config === undefined) throw new Error('refused');
    const { network, rates, margin } = toRunSetup(config, deblurring);
    expect(network).toMatchObject({
      dim: 16,
      heads: [1, 2, 4, 8],
      layerNorm: 'WithBias',
      schedule: { timesteps: 8 },
    });
    expect(margin).toBe(16);
    const rate = (phase: 'prior' | 'joint', iteration: number) => rates(phase)(iteration)('');
    expect([0, 4, 5].map((iteration) => rate('prior', iteration))).toEqual([2e-4, 2e-4, 2e-4 * 0.1]);
    expect([10, 19, 20].map((iteration) => rate('joint', iteration))).toEqual([1e-3, 1e-3, 5e-4]);
  });

  it('warms up, then follows its schedule', () => {
    const { config } = checkTrainingConfig({
      ...least,
      learningRate: 1,
      warmUp: 4,
      schedule: { kind: 'constant' },
    });
    if (config === undefined) throw new Error('refused');
    const { rates } = toRunSetup(config, deblurring);
    expect([0, 1, 3, 4].map((iteration) => rates('joint')(iteration)(''))).toEqual([0.25, 0.5, 1, 1]);
  });

  it('takes the head that fills holes for inpainting alone', () => {
    const { config } = checkTrainingConfig({ ...least, model: { head: 'filled' } });
    if (config === undefined) throw new Error('refused');
    expect(toRunSetup(config, inpainting).network.head).toEqual({ kind: 'filled' });
    expect(setupProblems(config, inpainting)).toEqual([]);
    expect(setupProblems(config, deblurring)).toEqual([
      'model: task deblur has no hole, which the filled head is for',
    ]);
  });

  it.each([
    [1, 32],
    [2, 32],
    [4, 32],
  ] as const)('super-resolution ×%i takes patches that are multiples of %i', (scale, multiple) => {
    const check = (patch: number) => {
      const { config } = checkTrainingConfig({ ...least, task: 'real-sr', scale, patch });
      if (config === undefined) throw new Error('refused');
      return setupProblems(config, realWorldSuperResolution);
    };
    expect(check(multiple * 4)).toEqual([]);
    expect(check(multiple * 4 + multiple / 2)).toEqual([
      `patch: ${multiple * 4.5} is no multiple of ${multiple}`,
    ]);
  });
});

describe('sharpened targets', () => {
  const usual = { perceptual: { file: 'a.pth' }, adversarial: { kind: 'vanilla', discriminator: 'unet' } };

  it.each([
    [{}, false],
    [{ pixel: { sharpenedTarget: false } }, false],
    [{ pixel: { sharpenedTarget: true } }, true],
    [{ perceptual: { ...usual.perceptual, sharpenedTarget: true } }, true],
    [{ adversarial: { ...usual.adversarial, sharpenedTarget: true } }, true],
  ])('%o: batches hold the sharpened ground truth: %s', (losses, expected) => {
    const { config } = checkTrainingConfig({ ...least, losses: { ...usual, ...losses } });
    const setup = toRunSetup(config ?? expect.fail('the configuration is wrong'), deblurring);
    expect(setup.addSharpenedGt).toBe(expected);
  });
});

describe('ablations', () => {
  it.each([1, 2, 4, 8])('T = %i is the network’s number of steps', (timesteps) => {
    const { config } = checkTrainingConfig({ ...least, model: { timesteps, linearStart: 0.99 } });
    const { network } = toRunSetup(config ?? expect.fail('the configuration is right'), deblurring);
    expect(network.schedule.timesteps).toBe(timesteps);
    expect(network.schedule.alphasCumprod).toHaveLength(timesteps);
    expect(network.schedule.alphasCumprod[0]).toBeCloseTo(0.01, 10);
  });

  it('the prior alone has its rate to the last iteration', () => {
    const prior = { iterations: 10, learningRate: 1e-3, schedule: { kind: 'cosine' } };
    const schedule = { kind: 'cosine' };
    const { config } = checkTrainingConfig({ ...least, stage: 2, teacher: 'a.pth', prior, schedule });
    const setup = toRunSetup(config ?? expect.fail('the configuration is right'), deblurring);
    expect(phaseAt(setup.phases, 9)).toBe('prior');
    expect(setup.rates('prior')(0)('condition.a')).toBe(1e-3);
  });

  it('a discriminator comes in after so many joint iterations, its penalty at every so many', () => {
    const adversarial = { kind: 'vanilla', discriminator: 'unet', start: 3 };
    const prior = { iterations: 2 };
    const losses = { adversarial, r1: { every: 2 } };
    const { config } = checkTrainingConfig({ ...least, stage: 2, teacher: 'a.pth', prior, losses });
    const setup = toRunSetup(config ?? expect.fail('the configuration is right'), deblurring);
    const phases = [1, 2, 4, 5].map((iteration) => phaseAt(setup.phases, iteration));
    expect(phases).toEqual(['prior', 'joint', 'joint', 'adversarial']);
    expect([5, 6, 7].map((iteration) => setup.adversary?.penalizes(iteration))).toEqual([true, false, true]);
    expect(setup.adversary?.rate(5)).toBe(1e-4);
  });
});
