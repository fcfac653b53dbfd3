import { conv3x3, createParameters } from '@diffir/core';
import { mean, setBackend, type Tensor4D, tensor4d, variableGrads } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { discriminatorObjective, type JudgedPictures } from '../stages/discriminator-objective';
import { adversarialLoss } from './adversarial-loss';
import { featureMatchingLoss } from './feature-matching-loss';
import { gradientPenalty } from './gradient-penalty';
import type { PictureJudge } from './picture-judge';
import { pixelLoss } from './pixel-loss';

beforeAll(() => setBackend('cpu'));

const softplus = (x: number) => Math.log1p(Math.exp(x));
const value = (tensor: { dataSync(): ArrayLike<number> }) => tensor.dataSync()[0] ?? Number.NaN;
const picture = (...values: number[]) => tensor4d(values, [1, 2, 2, 1]);

/** Scores a picture by itself; its features are the picture and its negative. */
const plain: PictureJudge = {
  judge: (x) => ({ score: x, features: [x, x.neg() as Tensor4D] }),
};

const [output, gt] = [() => picture(1, -2, 0, 3), () => picture(0, 1, 1, -1)];

describe('losses with a discriminator', () => {
  it('adversarial: the mean of softplus(−score)', () => {
    const { compute, weight } = adversarialLoss({ discriminator: plain, weight: 10 });
    const expected = [-1, 2, 0, -3].reduce((sum, x) => sum + softplus(x), 0) / 4;
    expect(value(compute({ output: output(), gt: gt(), lq: gt() }))).toBeCloseTo(expected, 6);
    expect(weight).toBe(10);
  });

  it('feature matching: the mean over layers of the mean squared difference', () => {
    const { compute } = featureMatchingLoss({ discriminator: plain });
    expect(value(compute({ output: output(), gt: gt(), lq: gt() }))).toBeCloseTo((1 + 9 + 1 + 16) / 4, 6);
  });

  it('gradient penalty: the squared norm of the gradient by each picture, averaged over pictures', () => {
    const squares: PictureJudge = { judge: (x) => ({ score: x.square() as Tensor4D, features: [] }) };
    const pictures = tensor4d([1, 2, 3, 4], [2, 1, 2, 1]);
    expect(value(gradientPenalty(squares, pictures))).toBeCloseTo((4 * (1 + 4) + 4 * (9 + 16)) / 2, 5);
  });

  it('hole pixels: L1 inside the hole, averaged over everything', () => {
    const lq = tensor4d([0, 0, 0, 1, 0, 0, 0, 0], [1, 1, 2, 4]);
    const [a, b] = [tensor4d([9, 9, 9, 1, 2, 3], [1, 1, 2, 3]), tensor4d([0, 0, 0, 0, 0, 0], [1, 1, 2, 3])];
    expect(value(pixelLoss({ region: 'hole' }).compute({ output: a, gt: b, lq }))).toBeCloseTo(
      (9 + 9 + 9) / 6,
      6,
    );
    const whole = pixelLoss({ weight: 1 }).compute({ output: a, gt: b, lq });
    const known = pixelLoss({ region: 'known' }).compute({ output: a, gt: b, lq });
    expect(value(whole) - value(known)).toBeCloseTo((9 + 9 + 9) / 6, 6);
  });

  it('known pixels: L1 outside the hole, averaged over everything', () => {
    const lq = tensor4d([0, 0, 0, 1, 0, 0, 0, 0], [1, 1, 2, 4]);
    const [a, b] = [tensor4d([9, 9, 9, 1, 2, 3], [1, 1, 2, 3]), tensor4d([0, 0, 0, 0, 0, 0], [1, 1, 2, 3])];
    expect(value(pixelLoss({ region: 'known' }).compute({ output: a, gt: b, lq }))).toBeCloseTo(
      (1 + 2 + 3) / 6,
      6,
    );
    expect(() => pixelLoss({ region: 'known' }).compute({ output: a, gt: b, lq: b })).toThrow(
      'LQ image: has 3 channels and so no mask; use losses with masks for inpainting only',
    );
  });
});

describe('discriminatorObjective', () => {
  const parameters = createParameters({ trainable: true });
  const objective = (penaltyWeight?: number) =>
    discriminatorObjective({
      discriminator: { ...plain, trains: () => true },
      parameters,
      ...(penaltyWeight !== undefined && { penaltyWeight }),
    });
  const losses = (pictures: JudgedPictures, penaltyWeight?: number) => {
    const { total, terms } = objective(penaltyWeight).prepare(pictures)();
    return { total: value(total), real: value(terms.real ?? total), fake: value(terms.fake ?? total), terms };
  };

  it('wants real pictures scored high and fakes low', () => {
    const { total, real, fake } = losses({ real: gt(), fake: output() });
    expect(real).toBeCloseTo([0, -1, -1, 1].reduce((sum, x) => sum + softplus(x), 0) / 4, 6);
    expect(fake).toBeCloseTo([1, -2, 0, 3].reduce((sum, x) => sum + softplus(x), 0) / 4, 6);
    expect(total).toBeCloseTo(real + fake, 6);
  });

  it('counts what lies outside the hole as real, at the nearest pixels of the mask', () => {
    const hole = tensor4d([1, 5, 0, 5, 5, 5, 5, 5, 0, 5, 1, 5, 5, 5, 5, 5], [1, 4, 4, 1]);
    const { fake } = losses({ real: gt(), fake: output(), hole });
    expect(fake).toBeCloseTo((softplus(1) + softplus(2) + softplus(0) + softplus(3)) / 4, 6);
  });

  it('adds the weighted penalty where it is asked to', () => {
    const without = losses({ real: gt(), fake: output() });
    const { total, terms } = losses({ real: gt(), fake: output() }, 0.5);
    // The score is the picture: every one of its four values has gradient 1.
    expect(total).toBeCloseTo(without.total + 0.5 * 4, 5);
    expect(Object.keys(without.terms)).toEqual(['real', 'fake']);
    expect(Object.keys(terms)).toEqual(['real', 'fake', 'penalty']);
  });

  it('reaches the parameters through the penalty too', () => {
    const trained = createParameters({ trainable: true });
    const layer = conv3x3(trained.root, { inputs: 1, outputs: 1, bias: false });
    trained.initialize(1);
    const judge = (x: Tensor4D) => ({ score: layer.forward(x), features: [] });
    const total = (penaltyWeight: number) =>
      discriminatorObjective({
        discriminator: { judge, trains: () => true },
        parameters: trained,
        penaltyWeight,
      }).prepare({ real: gt(), fake: output() })().total;
    const slopes = [0, 1].map((penaltyWeight) => {
      const { grads } = variableGrads(() => total(penaltyWeight));
      return value(mean(Object.values(grads)[0]?.abs() ?? Number.NaN));
    });
    expect(slopes[1]).not.toBeCloseTo(slopes[0] ?? Number.NaN, 3);
  });
});
