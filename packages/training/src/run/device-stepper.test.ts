import {
  type BackendDefinition,
  conv3x3,
  createParameters,
  createRandomSource,
  findTensorflowBackend,
  type RunningBackend,
  standardNormal,
  withBackend,
} from '@diffir/core';
import { deblurring as task } from '@diffir/tasks';
import { memory } from '@tensorflow/tfjs';
import { describe, expect, it, vi } from 'vitest';
import { describeWebGPU } from '../../../../tools/optional-suites';
import { wasmBackend, webgpuBackend } from '../../../../tools/test-backends';
import type { PlainBatch } from '../data/plain-batch';
import type { NamedValues } from '../gradients/compute-gradients';
import { meanAbsoluteError } from '../losses/mean-absolute-error';
import { createAdamState } from '../optimiser/adam';
import { constantRate, parameterRates } from '../optimiser/learning-rate';
import { rampedDecay } from '../optimiser/moving-average';
import type { DiffusionBatch } from '../stages/training-batch';
import { buildTinyStage, lossesOf } from '../testing/tiny-stage';
import type { TrainerState } from '../trainer/trainer-state';
import { createUpdater, freshState, type StepReport } from '../trainer/updater';
import { createDeviceStepper } from './device-stepper';
import type { NonFinite } from './divergence';
import { createHostStepper } from './host-stepper';
import { createLocalEngine } from './local-engine';
import type { Stage, StageNetworks, TrainingPhase } from './stage-networks';
import type { Stepper } from './stepper';

const RATE = 1e-3;
/** Parts of a batch of three: two images and one. */
const parts = 2;

const update = {
  // Some parameters with a rate of their own.
  rates: parameterRates(constantRate(RATE), [{ prefixes: ['G.'], schedule: constantRate(RATE / 4) }]),
  adam: { betas: [0.9, 0.99], epsilon: 1e-8 },
  // Below the gradients' norm: they are clipped.
  maxGradientNorm: 1e-3,
  averageDecay: rampedDecay(),
  discriminatorRate: constantRate(2e-3),
} as const;

/** Three pictures, noisier from step to step. */
function batch(seed: number): PlainBatch {
  const random = createRandomSource(seed);
  const picture = () =>
    Float32Array.from(standardNormal(random, 3 * 16 * 16 * 3), (value) => 0.5 + 0.1 * seed * value);
  return {
    images: 3,
    lqSize: [16, 16],
    gtSize: [16, 16],
    lq: picture(),
    gt: picture(),
    noise: Float32Array.from(standardNormal(random, 3 * 256)),
  };
}

interface Case {
  readonly stage: Stage;
  readonly phase: TrainingPhase;
  readonly losses: object;
}

const adversarial = { kind: 'vanilla', discriminator: 'unet', features: 2 };
const cases: Readonly<Record<string, Case>> = {
  'stage 1': { stage: 1, phase: 'joint', losses: {} },
  'the prior of stage 2, whose DIRformer stays': { stage: 2, phase: 'prior', losses: {} },
  'stage 2': { stage: 2, phase: 'joint', losses: {} },
  'stage 1 against a discriminator': { stage: 1, phase: 'adversarial', losses: { adversarial } },
};

/** One convolution: on SwiftShader steps of a whole network take minutes. */
function oneConvolution(backend: RunningBackend): StageNetworks {
  const parameters = createParameters({ trainable: true });
  const layer = conv3x3(parameters.root.scope('G'), { inputs: 3, outputs: 3, bias: true });
  withBackend(backend, () => parameters.initialize(1));
  const compute = ({ lq, gt }: DiffusionBatch) => {
    const total = meanAbsoluteError(layer.forward(lq), gt);
    return { total, terms: { pixel: total } };
  };
  return {
    parameters,
    objective: () => ({ parameters, trains: () => true, prepare: (pictures) => () => compute(pictures) }),
    restore: (lq) => layer.forward(lq),
    dispose: () => parameters.dispose(),
  };
}

/** A stage and its state before the first step. */
async function open({ stage, losses }: Case, backend: RunningBackend) {
  const networks =
    backend.id === 'webgpu'
      ? oneConvolution(backend)
      : await buildTinyStage(stage, lossesOf(losses), backend);
  const run = <T>(compute: () => T) => withBackend(backend, compute);
  const fresh = freshState(await networks.parameters.export({ run }));
  const { adversary } = networks;
  if (adversary === undefined) return { networks, state: fresh };
  run(() => adversary.parameters.initialize(3));
  const parameters = await adversary.parameters.export({ run });
  return { networks, state: { ...fresh, discriminator: { parameters, adam: createAdamState(parameters) } } };
}

interface Opened {
  readonly networks: StageNetworks;
  readonly state: TrainerState;
}

function onDevice({ phase }: Case, { networks, state }: Opened, backend: RunningBackend): Stepper {
  return createDeviceStepper({ ...update, phase, state, networks, task, backend, parts });
}

function onHost({ phase }: Case, { networks, state }: Opened, backend: RunningBackend): Stepper {
  const engine = createLocalEngine({ networks, task, backend, sizeMultiple: 8 });
  return createHostStepper({ phase, updater: createUpdater(state, update), engines: [engine], parts });
}

/** Takes steps, each with a batch of its own. */
async function take(stepper: Stepper, from: number, to: number): Promise<(StepReport | NonFinite)[]> {
  const reports = [];
  for (let step = from; step < to; step++) {
    reports.push(await stepper.step({ batches: [batch(step + 1)], adversaryStep: 'plain' }));
  }
  return reports;
}

function largestDifference(a: NamedValues, b: NamedValues): number {
  expect([...a.keys()]).toEqual([...b.keys()]);
  const differences = [...a].flatMap(([name, { values }]) =>
    [...values].map((value, index) => Math.abs(value - (b.get(name)?.values[index] ?? Number.NaN))),
  );
  return differences.reduce((most, value) => Math.max(most, value), 0);
}

function expectClose(actual: TrainerState, expected: TrainerState): void {
  // Each step is of the size of the rate; what Adam computes in double precision on the host is float32 here.
  expect(largestDifference(actual.parameters, expected.parameters)).toBeLessThan(1e-3 * RATE);
  expect(largestDifference(actual.average, expected.average)).toBeLessThan(1e-3 * RATE);
  expect(actual.iteration).toBe(expected.iteration);
  expect(actual.adam.step).toBe(expected.adam.step);
  for (const moment of ['firstMoments', 'secondMoments'] as const) {
    expect(largestDifference(actual.adam[moment], expected.adam[moment])).toBeLessThan(1e-8);
  }
}

const bits = (state: TrainerState) =>
  JSON.stringify(state, (_, value) => (value instanceof Map ? [...value] : value));

async function compare(definition: BackendDefinition, each: Case): Promise<void> {
  const backend = await definition.start();
  const before = memory().numTensors;
  const [host, device] = [await open(each, backend), await open(each, backend)];
  const built = memory().numTensors;
  const expected = onHost(each, host, backend);
  const actual = onDevice(each, device, backend);
  const reports = await take(actual, 0, 1);
  const afterOne = memory().numTensors;
  reports.push(...(await take(actual, 1, 2)));
  expect(memory().numTensors).toBe(afterOne);
  for (const [index, report] of (await take(expected, 0, 2)).entries()) {
    const found = reports[index];
    if ('quantity' in report || found === undefined || 'quantity' in found) expect.fail('it diverged');
    expect(Object.keys(found.losses)).toEqual(Object.keys(report.losses));
    for (const [name, loss] of Object.entries(report.losses)) expect(found.losses[name]).toBeCloseTo(loss, 5);
    // Adam's first step divides gradients by their own size, and so carries the rounding of small ones on.
    expect(found.gradientNorm / report.gradientNorm).toBeCloseTo(1, 3);
    expect((found.discriminatorNorm ?? 1) / (report.discriminatorNorm ?? 1)).toBeCloseTo(1, 3);
  }
  const [actualState, expectedState] = [await actual.state(), await expected.state()];
  expectClose(actualState, expectedState);
  const [judge, expectedJudge] = [actualState.discriminator, expectedState.discriminator];
  expect(judge === undefined).toBe(each.phase !== 'adversarial');
  if (judge && expectedJudge) {
    expect(largestDifference(judge.parameters, expectedJudge.parameters)).toBeLessThan(1e-2 * RATE);
  }
  actual.dispose();
  expected.dispose();
  expect(memory().numTensors).toBe(built);
  host.networks.dispose();
  device.networks.dispose();
  expect(memory().numTensors).toBe(before);
}

// Any backend will do; this one is the fastest here.
describe('steps on the device', () => {
  it.each(Object.entries(cases))('are those of the host: %s', (_, each) => compare(wasmBackend, each));

  it.each(Object.entries(cases))('go on from a state to the same bits: %s', async (_, each) => {
    const backend = await wasmBackend.start();
    const whole = await open(each, backend);
    const stepper = onDevice(each, whole, backend);
    await take(stepper, 0, 1);
    const state = await stepper.state();
    // What a validation does: other values in the network meanwhile.
    withBackend(backend, () => whole.networks.parameters.initialize(7));
    await take(stepper, 1, 2);
    const resumed = await open(each, backend);
    const second = onDevice(each, { ...resumed, state }, backend);
    await take(second, 1, 2);
    expect(bits(await second.state())).toBe(bits(await stepper.state()));
    for (const each of [stepper, second, whole.networks, resumed.networks]) each.dispose();
  });

  it('read back losses and norms only', async () => {
    const backend = await wasmBackend.start();
    const each = cases['stage 1 against a discriminator'] ?? expect.fail('no such case');
    const opened = await open(each, backend);
    const stepper = onDevice(each, opened, backend);
    await take(stepper, 0, 1);
    const kernels = findTensorflowBackend(backend.tensorflowName) ?? expect.fail('no such backend');
    const reads = vi.spyOn(kernels, 'read');
    const reports = await take(stepper, 1, 2);
    const read = await Promise.all(reads.mock.results.map(async ({ value }) => (await value).length));
    reads.mockRestore();
    const [report] = reports;
    if (report === undefined || 'quantity' in report) expect.fail('it diverged');
    expect(read).toEqual([Object.keys(report.losses).length + 2]);
    stepper.dispose();
    opened.networks.dispose();
  });

  it('stop at what is no finite number, and leave no tensors', async () => {
    const backend = await wasmBackend.start();
    const each = cases['stage 1'] ?? expect.fail('no such case');
    const opened = await open(each, backend);
    const stepper = onDevice(each, opened, backend);
    await take(stepper, 0, 1);
    const before = memory().numTensors;
    const bad = { ...batch(1), gt: batch(1).gt.fill(Number.NaN) };
    const outcome = await stepper.step({ batches: [bad] });
    expect(outcome).toEqual({ quantity: 'loss "pixel"', value: Number.NaN });
    expect(memory().numTensors).toBe(before);
    stepper.dispose();
    opened.networks.dispose();
  });
});

describeWebGPU('steps on WebGPU', () => {
  it('are those of the host', async () => {
    await compare(
      webgpuBackend,
      cases['the prior of stage 2, whose DIRformer stays'] ?? expect.fail('no such case'),
    );
  });
});
