import { readFile } from 'node:fs/promises';
import {
  type BackendDefinition,
  conv3x3,
  createParameters,
  type Parameters,
  type RunningBackend,
  withBackend,
} from '@diffir/core';
import {
  concat,
  memory,
  mul,
  type Rank,
  sub,
  type Tensor4D,
  tensor4d,
  transpose,
  zeros,
} from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { cpuBackend, wasmBackend } from '../../../../tools/test-backends';
import type { LossesConfig } from '../config/losses-config';
import type { Objective } from '../gradients/objective';
import { judgedLosses, plainLosses } from '../losses/image-losses';
import { weightedSum } from '../losses/weighted-sum';
import { createAdamState } from '../optimiser/adam';
import { constantRate, parameterRates } from '../optimiser/learning-rate';
import type { DiffusionBatch } from '../stages/training-batch';
import { createUpdater, freshState } from '../trainer/updater';
import { computeAdversarialGradients } from './adversarial-gradients';
import { type Adversary, buildAdversary } from './adversary';

/** What testing/adversarial-reference.py computed with PyTorch 1.13. */
interface Reference {
  readonly steps: readonly {
    readonly losses: Readonly<Record<string, number>>;
    readonly gradientNorm: number;
    readonly discriminatorNorm: number;
  }[];
  readonly vectors: Readonly<Record<string, readonly number[]>>;
}

const file = new URL('../testing/adversarial-reference.json', import.meta.url);
const references: Readonly<Record<string, Reference>> = JSON.parse(await readFile(file, 'utf8'));

const none = {
  perceptual: undefined,
  adversarial: undefined,
  featureMatching: undefined,
  r1: undefined,
  resnetPerceptual: undefined,
  lpips: undefined,
};
const adversarial = {
  features: 4,
  layers: 4,
  start: 0,
  file: undefined,
  sharpenedTarget: undefined,
  learningRate: 2e-3,
  schedule: { kind: 'constant' },
} as const;

const unet: LossesConfig = {
  ...none,
  pixel: { weight: 1, region: 'all', sharpenedTarget: undefined },
  adversarial: { ...adversarial, weight: 0.5, kind: 'vanilla', discriminator: 'unet' },
};
const patch: LossesConfig = {
  ...none,
  pixel: { weight: 10, region: 'known', sharpenedTarget: undefined },
  adversarial: { ...adversarial, weight: 10, kind: 'non-saturating', discriminator: 'patch' },
  featureMatching: { weight: 100 },
  r1: { weight: 0.001, every: 1 },
};

/** 0.3·sin(0.7·i + n) for value i of the n-th parameter by name. */
function assignSines(parameters: Parameters, backend: RunningBackend): void {
  const names = [...parameters.declarations.keys()].sort();
  const values = names.map((name, n) => {
    const shape = parameters.declarations.get(name)?.shape ?? [];
    const length = shape.reduce((product, size) => product * size, 1);
    return [name, Float32Array.from({ length }, (_, i) => 0.3 * Math.sin(0.7 * i + n))] as const;
  });
  parameters.assign(new Map(values), (compute) => withBackend(backend, compute));
}

function wave(rate: number, phase: number): Tensor4D {
  const values = Float32Array.from(
    { length: 2 * 3 * 16 * 16 },
    (_, i) => 0.5 + 0.5 * Math.sin(rate * i + phase),
  );
  return transpose(tensor4d(values, [2, 3, 16, 16]), [0, 2, 3, 1]);
}

/** A box in each of the two pictures. */
function holes(): Tensor4D {
  const values = new Float32Array(2 * 16 * 16);
  for (let y = 0; y < 16; y++) {
    for (let x = 0; x < 16; x++) {
      if (y >= 2 && y < 9 && x >= 3 && x < 12) values[16 * y + x] = 1;
      if (y >= 7 && y < 15 && x < 6) values[256 + 16 * y + x] = 1;
    }
  }
  return tensor4d(values, [2, 16, 16, 1]);
}

function batch(masked: boolean): DiffusionBatch {
  const [picture, gt, noise] = [wave(0.3, 0), wave(0.17, 1), zeros<Rank.R2>([2, 256])];
  if (!masked) return { lq: picture, gt, noise };
  const hole = holes();
  return { lq: concat([mul<Tensor4D>(picture, sub(1, hole)), hole], 3), gt, noise };
}

/** A network of one convolution against the discriminator. */
function oneConvolution(
  parameters: Parameters,
  losses: LossesConfig,
  { discriminator }: Adversary,
): Objective<DiffusionBatch> {
  const inputs = losses.pixel.region === 'known' ? 4 : 3;
  const layer = conv3x3(parameters.root.scope('G'), { inputs, outputs: 3, bias: true });
  return {
    parameters,
    trains: () => true,
    prepare:
      ({ lq, gt }) =>
      () => {
        const imageLosses = [...plainLosses(losses, {}), ...judgedLosses(losses, discriminator)];
        const output = layer.forward(lq);
        return { ...weightedSum(imageLosses, { output, gt, lq }), output };
      },
  };
}

/** Three steps, the last one's discriminator, and how many tensors each step left behind. */
async function followSteps(definition: BackendDefinition, losses: LossesConfig) {
  const backend = await definition.start();
  const run = <T>(compute: () => T) => withBackend(backend, compute);
  const adversary = buildAdversary(losses);
  if (adversary === undefined) throw new Error('the case has a discriminator');
  const parameters = createParameters({ trainable: true });
  const objective = oneConvolution(parameters, losses, adversary);
  for (const each of [parameters, adversary.parameters]) assignSines(each, backend);
  const values = await adversary.parameters.export({ run });
  const updater = createUpdater(
    {
      ...freshState(await parameters.export({ run })),
      discriminator: { parameters: values, adam: createAdamState(values) },
    },
    { rates: parameterRates(constantRate(1e-3)), discriminatorRate: constantRate(2e-3) },
  );
  const put = (target: Parameters, source: typeof values) =>
    target.assign(new Map([...source].map(([name, { values: data }]) => [name, data])), run);
  const masked = losses.pixel.region === 'known';
  const step = losses.r1 === undefined ? 'plain' : 'penalized';
  const reports = [];
  const left = [];
  for (let count = 0; count < 3; count++) {
    const before = memory().numTensors;
    const result = await computeAdversarialGradients({
      objective,
      adversary,
      step,
      batch: () => batch(masked),
      backend,
    });
    left.push(memory().numTensors - before);
    reports.push(updater.update([{ weight: 2, ...result }]));
    put(parameters, updater.state.parameters);
    put(adversary.parameters, values);
  }
  parameters.dispose();
  adversary.dispose();
  return { reports, discriminator: values, left };
}

// Losses and norms are float32 sums in another order than PyTorch's; Adam's first steps, which divide gradients
// by their own size, carry rounding of small gradients on into the later ones.
const TOLERANCE = 5e-4;

describe.each([
  ['cpu', cpuBackend],
  ['wasm', wasmBackend],
])('steps against a discriminator on %s', (_, definition) => {
  it.each([
    ['unet', unet],
    ['patch', patch],
  ])('%s: losses, gradients and singular vectors are those of the reference', async (name, losses) => {
    const { reports, discriminator, left } = await followSteps(definition, losses);
    const reference = references[name];
    const off = reports.flatMap((report, step) => {
      const expected = reference?.steps[step];
      const numbers = {
        ...expected?.losses,
        gradientNorm: expected?.gradientNorm,
        discriminatorNorm: expected?.discriminatorNorm,
      };
      expect(Object.keys(report.losses).sort()).toEqual(Object.keys(expected?.losses ?? {}).sort());
      const found: Record<string, unknown> = { ...report, ...report.losses };
      return Object.entries(numbers).flatMap(([key, value = Number.NaN]) => {
        const error = Math.abs(Number(found[key]) / value - 1);
        return error <= TOLERANCE ? [] : [{ step, key, value, found: found[key] }];
      });
    });
    expect(off).toEqual([]);
    for (const [key, start] of Object.entries(reference?.vectors ?? {})) {
      for (const [index, value] of start.entries()) {
        expect(discriminator.get(key)?.values[index], key).toBeCloseTo(value, 4);
      }
    }
    expect(left).toEqual([0, 0, 0]);
  });
});
