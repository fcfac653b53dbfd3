import { type BackendDefinition, createParameters, type RunningBackend, withBackend } from '@diffir/core';
import { diffIRS1, diffIRS2 } from '@diffir/models';
import { memory } from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { describeShared } from '../../../../tools/shared';
import { gradientNorm } from '../gradients/clip-gradients';
import { computeGradients, type GradientResult } from '../gradients/compute-gradients';
import type { Objective } from '../gradients/objective';
import { adamStep, createAdamState } from '../optimiser/adam';
import { stage1Objective } from '../stages/stage1-objective';
import { type Stage2Phase, stage2Objective } from '../stages/stage2-objective';
import type { DiffusionBatch } from '../stages/training-batch';
import {
  type RecordedGradient,
  type RecordedTraining,
  readTrainingCase,
  type TrainingCase,
  valuesOf,
} from './training-case';

/** Losses are means of thousands of float32 terms, each with a relative error of about 1e-7. */
const LOSS_TOLERANCE = 1e-5;
const GRADIENT_TOLERANCE = 1e-3;
const CURVE_TOLERANCE = 1e-4;
/** The divergence sums differences of logarithms near −5.5, each rounded in the reference to 2^-24 of that. */
const DIVERGENCE_ROUNDING = 2 * 5.5 * 2 ** -24;

/** Five steps of the slowest backend, WebGPU on SwiftShader, on cores that others use too. */
const STEPS_TIMEOUT = 1_800_000;

type Stage = 'stage1' | Stage2Phase;

/** An objective over the case's networks, and what frees them. */
interface Setup {
  readonly objective: Objective<DiffusionBatch>;
  dispose(): void;
}

async function setUp(
  { options, stage1, stage2 }: TrainingCase,
  stage: Stage,
  backend: RunningBackend,
): Promise<Setup> {
  const run = (compute: () => void) => withBackend(backend, compute);
  const parameters = createParameters({ trainable: true });
  if (stage === 'stage1') {
    const network = diffIRS1(parameters.root, options);
    await parameters.load(stage1, run);
    return { objective: stage1Objective({ network, parameters }), dispose: () => parameters.dispose() };
  }
  const network = diffIRS2(parameters.root, options);
  await parameters.load(stage2, run);
  const frozen = createParameters();
  const teacher = diffIRS1(frozen.root, options).encoder;
  await frozen.load(stage1, run);
  return {
    objective: stage2Objective({ phase: stage, network, parameters, teacher }),
    dispose() {
      parameters.dispose();
      frozen.dispose();
    },
  };
}

function recordedGradients(recorded: RecordedTraining, stage: Stage) {
  return {
    stage1: recorded.stage1_grads,
    prior: recorded.stage2_prior_grads,
    joint: recorded.stage2_joint_grads,
  }[stage];
}

/** The recorded losses of each step, under this project's names. */
function recordedCurve(recorded: RecordedTraining, stage: Stage): Record<string, number>[] {
  if (stage === 'stage1') return recorded.stage1_loss_curve.map((total) => ({ total, pixel: total }));
  const curve = stage === 'prior' ? recorded.stage2_prior_curve : recorded.stage2_joint_curve;
  return curve.map(({ total, pixel, prior_l1: prior, prior_kl: priorDivergence }) =>
    stage === 'prior' ? { total, prior, priorDivergence } : { total, pixel, prior, priorDivergence },
  );
}

function expectLosses(actual: GradientResult['losses'], expected: Record<string, number>, tolerance: number) {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, value] of Object.entries(expected)) {
    const rounding = name === 'priorDivergence' ? DIVERGENCE_ROUNDING : 0;
    const error = Math.abs((actual[name] ?? Number.NaN) - value);
    expect(error, name).toBeLessThanOrEqual(tolerance * value + rounding);
  }
}

function expectGradientNorms(
  { gradients }: GradientResult,
  expected: Readonly<Record<string, RecordedGradient>>,
): void {
  expect([...gradients.keys()].sort()).toEqual(Object.keys(expected).sort());
  const off = Object.entries(expected).flatMap(([name, recorded]) => {
    const norm = gradientNorm(new Map([...gradients].filter(([key]) => key === name)));
    const error = Math.abs(norm / recorded.norm - 1);
    return error <= GRADIENT_TOLERANCE ? [] : [{ name, error, norm: recorded.norm }];
  });
  expect(off).toEqual([]);
}

/** The gradients that are recorded whole: within 1e-3 of the largest value. */
async function expectWholeGradients({ gradients }: GradientResult, { tensors }: TrainingCase, stage: Stage) {
  const prefix = `${stage === 'stage1' ? stage : `stage2.${stage}`}.grad.`;
  const names = [...tensors.keys()].filter((name) => name.startsWith(prefix));
  expect(names.length).toBeGreaterThan(2);
  for (const name of names) {
    const expected = await valuesOf(tensors, name);
    const actual = gradients.get(name.slice(prefix.length))?.values ?? new Float32Array();
    const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const error = expected.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - (actual[i] ?? Number.NaN))),
      0,
    );
    expect(error / largest, name).toBeLessThanOrEqual(GRADIENT_TOLERANCE);
  }
}

async function followTraining(definition: BackendDefinition, name: string, stage: Stage, steps: number) {
  const backend = await definition.start();
  const training = await readTrainingCase(name);
  const before = memory().numTensors;
  const { objective, dispose } = await setUp(training, stage, backend);
  const { adam } = training.recorded;
  const weights = await objective.parameters.export({ run: (compute) => withBackend(backend, compute) });
  const state = createAdamState(weights);
  const curve = recordedCurve(training.recorded, stage);
  for (const [step, expected] of curve.slice(0, steps).entries()) {
    const result = await computeGradients(objective, training.batch, backend);
    if (step === 0) {
      expectLosses(result.losses, expected, LOSS_TOLERANCE);
      expectGradientNorms(result, recordedGradients(training.recorded, stage));
      await expectWholeGradients(result, training, stage);
    }
    expectLosses(result.losses, expected, CURVE_TOLERANCE);
    adamStep(weights, result.gradients, state, () => adam.lr, { betas: adam.betas, epsilon: adam.eps });
    const values = new Map([...weights].map(([key, { values: changed }]) => [key, changed]));
    objective.parameters.assign(values, (compute) => withBackend(backend, compute));
  }
  dispose();
  expect(memory().numTensors).toBe(before);
}

/** A case, a stage, and how many of its five recorded steps to follow. */
type Followed = readonly [name: string, stage: Stage, steps: number];

const stages: readonly Stage[] = ['stage1', 'prior', 'joint'];

/** All that the reference recorded: five steps of each stage, for both cases. */
export const everyRecordedStep: readonly Followed[] = ['deblur-tiny', 'srgan-x4-tiny'].flatMap((name) =>
  stages.map((stage) => [name, stage, 5] as const),
);

/** Tests that a backend's losses and gradients are those that the reference recorded. */
export function describeTraining(definition: BackendDefinition, followed: readonly Followed[]): void {
  describeShared(`training on ${definition.id} follows the reference`, () => {
    it.each(followed)('%s, %s, steps: %i', { timeout: STEPS_TIMEOUT }, (name, stage, steps) =>
      followTraining(definition, name, stage, steps),
    );
  });
}
