import { createParameters, type ParameterScope } from '@diffir/core';
import {
  grad,
  mean,
  memory,
  setBackend,
  square,
  sum,
  type Tensor,
  type Tensor4D,
  tensor4d,
  tidy,
  transpose,
  variableGrads,
} from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Discriminator } from './discriminator';
import { patchDiscriminator } from './patch-discriminator';
import { unetDiscriminator } from './unet-discriminator';

beforeAll(() => setBackend('cpu'));

/** 0.3·sin(0.7·i + n) for value i of the n-th parameter by name: what the reference values were made with. */
function createWithSines(create: (scope: ParameterScope) => Discriminator) {
  const parameters = createParameters({ trainable: true });
  const discriminator = create(parameters.root);
  const names = [...parameters.declarations.keys()].sort();
  const values = names.map((name, n) => {
    const size =
      parameters.declarations.get(name)?.shape.reduce((product, length) => product * length, 1) ?? 0;
    return [name, Float32Array.from({ length: size }, (_, i) => 0.3 * Math.sin(0.7 * i + n))] as const;
  });
  parameters.assign(new Map(values));
  return { parameters, discriminator };
}

/** 0.5 + 0.5·sin(0.3·i) over `[2,3,16,16]`, as `[2,16,16,3]`. */
function picture(): Tensor4D {
  const values = Float32Array.from({ length: 2 * 3 * 16 * 16 }, (_, i) => 0.5 + 0.5 * Math.sin(0.3 * i));
  return transpose(tensor4d(values, [2, 3, 16, 16]), [0, 2, 3, 1]);
}

/** Norm of the gradient of a loss by every parameter that is trained. */
async function gradientNorms(
  { parameters, discriminator }: ReturnType<typeof createWithSines>,
  loss: () => Tensor,
): Promise<Record<string, number>> {
  const trained = parameters.variables().filter(({ name }) => discriminator.trains(name));
  const { grads } = variableGrads(
    () => loss().asScalar(),
    trained.map(({ variable }) => variable),
  );
  return Object.fromEntries(
    trained.map(({ name, variable }) => [
      name,
      Math.sqrt(sum(square(grads[variable.name] ?? Number.NaN)).dataSync()[0] ?? Number.NaN),
    ]),
  );
}

/** Every norm within 1e-3; those that are rounding alone in the reference (batch norm undoes them) not at all. */
function expectNorms(actual: Record<string, number>, expected: Record<string, number>): void {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, norm] of Object.entries(expected)) {
    if (norm < 1e-3 && name.includes('bias')) continue;
    expect(Math.abs((actual[name] ?? Number.NaN) / norm - 1), name).toBeLessThanOrEqual(1e-3);
  }
}

const scores = (discriminator: Discriminator) => [
  ...transpose(discriminator.judge(picture()).score, [0, 3, 1, 2]).dataSync(),
];

const squaredScore = (discriminator: Discriminator) => () =>
  mean(square(discriminator.judge(picture()).score));

// The reference values come from the published implementations in PyTorch 1.13, in training mode.
describe('unetDiscriminator', () => {
  const create = () => createWithSines((scope) => unetDiscriminator(scope, { features: 4 }));

  it('scores as the reference', () => {
    const values = scores(create().discriminator);
    expect(values.length).toBe(2 * 16 * 16);
    [-0.575452, -0.411665, 0.047495, 0.157078].forEach((value, index) => {
      expect(values[index]).toBeCloseTo(value, 4);
    });
    expect(values.reduce((total, value) => total + value, 0) / values.length).toBeCloseTo(0.22414568, 4);
  });

  it('has the gradients of the reference, through the singular values', async () => {
    const setup = create();
    expectNorms(await gradientNorms(setup, squaredScore(setup.discriminator)), {
      'conv0.weight': 4.49012,
      'conv0.bias': 0.661194,
      'conv1.weight_orig': 0.469787,
      'conv2.weight_orig': 0.0048195,
      'conv3.weight_orig': 0.000161212,
      'conv4.weight_orig': 0.000127837,
      'conv5.weight_orig': 0.00307891,
      'conv6.weight_orig': 0.156928,
      'conv7.weight_orig': 2.26017,
      'conv8.weight_orig': 2.43474,
      'conv9.weight': 3.0838,
      'conv9.bias': 0.448291,
    });
  });

  it('advances its singular vectors as the reference, and nothing else', () => {
    const { parameters, discriminator } = create();
    const before = memory().numTensors;
    const next = discriminator.advance();
    expect(memory().numTensors - before).toBe(Object.keys(next).length);
    const changing = [...parameters.declarations.keys()].filter((name) => !discriminator.trains(name));
    expect(Object.keys(next).sort()).toEqual(changing.sort());
    const start = (name: string) => [...(next[name]?.dataSync() ?? [])].slice(0, 3);
    [0.252426, -0.141809, -0.446392].forEach((value, index) => {
      expect(start('conv1.weight_u')[index]).toBeCloseTo(value, 5);
    });
    [0.14255, 0.175664, 0.12616].forEach((value, index) => {
      expect(start('conv1.weight_v')[index]).toBeCloseTo(value, 5);
    });
  });
});

describe('patchDiscriminator', () => {
  const create = () => createWithSines((scope) => patchDiscriminator(scope, { features: 4 }));

  it('scores as the reference, with the same activations on the way', () => {
    const { discriminator } = create();
    const values = scores(discriminator);
    expect(values.length).toBe(2 * 4 * 4);
    [-0.560825, -0.081793, 0.280301, 0.009019].forEach((value, index) => {
      expect(values[index]).toBeCloseTo(value, 4);
    });
    const { features } = discriminator.judge(picture());
    expect(features.map(({ shape }) => shape)).toEqual([
      [2, 9, 9, 4],
      [2, 5, 5, 8],
      [2, 3, 3, 16],
      [2, 2, 2, 32],
      [2, 3, 3, 64],
    ]);
    [0.349942, 0.157309, 0.141839, 0.158305, 0.151853].forEach((value, index) => {
      const activation = features[index];
      expect(activation && tidy(() => mean(activation.abs()).dataSync()[0])).toBeCloseTo(value, 4);
    });
  });

  it('has the gradients of the reference', async () => {
    const setup = create();
    expectNorms(await gradientNorms(setup, squaredScore(setup.discriminator)), {
      'model0.0.weight': 2.24733,
      'model0.0.bias': 0.651386,
      'model1.0.weight': 2.79835,
      'model1.0.bias': 0,
      'model1.1.weight': 0.756183,
      'model1.1.bias': 1.10249,
      'model2.0.weight': 4.18594,
      'model2.0.bias': 0,
      'model2.1.weight': 1.15899,
      'model2.1.bias': 0.962783,
      'model3.0.weight': 2.39739,
      'model3.0.bias': 0,
      'model3.1.weight': 0.549784,
      'model3.1.bias': 0.383048,
      'model4.0.weight': 3.60973,
      'model4.0.bias': 0,
      'model4.1.weight': 1.84025,
      'model4.1.bias': 1.10732,
      'model5.0.weight': 0.888497,
      'model5.0.bias': 0.167322,
    });
  });

  it('can be differentiated twice, as the gradient penalty needs', async () => {
    const setup = create();
    const penalty = () => {
      const gradient = grad((x) => sum(setup.discriminator.judge(x as Tensor4D).score))(picture());
      return mean(sum(square(gradient), [1, 2, 3]));
    };
    expect((penalty().dataSync()[0] ?? 0) / 17.3897).toBeCloseTo(1, 3);
    const norms = await gradientNorms(setup, penalty);
    for (const [name, norm] of [
      ['model0.0.weight', 1404.87],
      ['model2.0.weight', 2211.38],
      ['model2.1.bias', 668.565],
      ['model5.0.weight', 272.372],
    ] as const) {
      expect(Math.abs((norms[name] ?? Number.NaN) / norm - 1), name).toBeLessThanOrEqual(1e-3);
    }
  });
});
