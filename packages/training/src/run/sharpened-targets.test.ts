import { createRandomSource, type RunningBackend, standardNormal, withBackend } from '@diffir/core';
import { type Tensor4D, tensor2d, tensor4d } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { wasmBackend } from '../../../../tools/test-backends';
import { gradientNorm } from '../gradients/clip-gradients';
import { computeGradients, type GradientResult } from '../gradients/compute-gradients';
import type { DiffusionBatch } from '../stages/training-batch';
import { buildTinyStage, lossesOf } from '../testing/tiny-stage';
import { computeAdversarialGradients } from './adversarial-gradients';
import type { Stage, TrainingPhase } from './stage-networks';

const adversary = { kind: 'vanilla', discriminator: 'unet', features: 2 };

let backend: RunningBackend;
beforeAll(async () => {
  backend = await wasmBackend.start();
});

/** Pictures differ in brightness and contrast, so that their IPRs differ too. */
function picture(seed: number): Tensor4D {
  const noise = standardNormal(createRandomSource(seed), 16 * 16 * 3);
  return tensor4d(
    noise.map((value) => 0.2 * seed + 0.05 * seed * value),
    [1, 16, 16, 3],
  );
}

/** Three pictures that have nothing in common, so that it shows which one is looked at. */
function batch(gt = 2, sharpenedGt?: number): DiffusionBatch {
  return {
    lq: picture(1),
    gt: picture(gt),
    ...(sharpenedGt !== undefined && { sharpenedGt: picture(sharpenedGt) }),
    noise: tensor2d(standardNormal(createRandomSource(9), 256), [1, 256]),
  };
}

interface Step {
  readonly stage: Stage;
  readonly phase: TrainingPhase;
  readonly losses: object;
  readonly batch: () => DiffusionBatch;
}

/** One step from always the same parameters. */
async function gradientsOf({ stage, phase, losses, batch: made }: Step) {
  const networks = await buildTinyStage(stage, lossesOf(losses), backend);
  const { adversary: judge } = networks;
  try {
    const objective = networks.objective(phase);
    if (judge === undefined) return summaryOf(await computeGradients(objective, made, backend));
    withBackend(backend, () => judge.parameters.initialize(3));
    const adversarial = { objective, adversary: judge, step: 'penalized', batch: made, backend } as const;
    return summaryOf(await computeAdversarialGradients(adversarial));
  } finally {
    networks.dispose();
  }
}

/** Equal only where every loss and, in all likelihood, every gradient is. */
function summaryOf({ losses, gradients, discriminator }: GradientResult) {
  const judge = discriminator && gradientNorm(discriminator.gradients);
  return { losses, norms: [gradientNorm(gradients), judge] };
}

const all = (sharpenedTarget: boolean) => ({
  pixel: { sharpenedTarget },
  perceptual: { file: 'vgg19.pth', sharpenedTarget },
});

describe('sharpened targets', () => {
  it.each([
    [1, 'joint'],
    [2, 'prior'],
    [2, 'joint'],
  ] as const)(
    'stage %i, %s: the losses and CPEN_S1 see the sharpened ground truth alone',
    async (stage, phase) => {
      const step = (sharpened: boolean, made: () => DiffusionBatch) =>
        gradientsOf({ stage, phase, losses: all(sharpened), batch: made });
      const sharpened = await step(true, () => batch(2, 3));
      expect(sharpened).toEqual(await step(false, () => batch(3)));
      const plain = await step(false, () => batch(2, 3));
      expect(plain).toEqual(await step(false, () => batch(2)));
      expect(plain.losses.total).not.toBeCloseTo(sharpened.losses.total ?? Number.NaN, 5);
    },
  );

  it('against a discriminator, what is real is sharpened only where its loss says so', async () => {
    const step = (adversarial: object, made: () => DiffusionBatch, others = all(true)) =>
      gradientsOf({
        stage: 2,
        phase: 'adversarial',
        losses: { ...others, adversarial: { ...adversary, ...adversarial }, featureMatching: {}, r1: {} },
        batch: made,
      });
    // As the published V2: all but the discriminator's part is that of the sharpened picture.
    const second = await step({}, () => batch(2, 3));
    const [real, sharp] = [
      await step({}, () => batch(2), all(false)),
      await step({}, () => batch(3), all(false)),
    ];
    expect(second.losses).toMatchObject({
      pixel: sharp.losses.pixel,
      perceptual: sharp.losses.perceptual,
      prior: sharp.losses.prior,
      discriminatorReal: real.losses.discriminatorReal,
      discriminatorPenalty: real.losses.discriminatorPenalty,
    });
    expect(real.losses.discriminatorReal).not.toBeCloseTo(sharp.losses.discriminatorReal ?? Number.NaN, 5);
    expect(second.losses.featureMatching).not.toBeCloseTo(sharp.losses.featureMatching ?? Number.NaN, 5);
    // Sharpened for all three, nothing looks at the plain picture.
    expect(await step({ sharpenedTarget: true }, () => batch(2, 3))).toEqual(sharp);
  });

  it('each loss has a target of its own', async () => {
    const step = (losses: object, made: () => DiffusionBatch) =>
      gradientsOf({ stage: 1, phase: 'joint', losses, batch: made });
    const { perceptual } = all(true);
    const mixed = await step({ pixel: {}, perceptual }, () => batch(2, 3));
    const plain = await step(all(false), () => batch(2, 3));
    expect(mixed.losses.pixel).toBe(plain.losses.pixel);
    expect(mixed.losses.perceptual).not.toBeCloseTo(plain.losses.perceptual ?? Number.NaN, 5);
  });

  it('says what a batch lacks', async () => {
    const step = gradientsOf({ stage: 1, phase: 'joint', losses: all(true), batch: () => batch(2) });
    await expect(step).rejects.toThrow(
      'batch: it holds no sharpened ground truth; make its examples with `addSharpenedGt`',
    );
  });
});
