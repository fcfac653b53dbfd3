import {
  bytesSource,
  conv3x3,
  createParameters,
  createRandomSource,
  openCheckpoint,
  type Parameters,
  standardNormal,
  withBackend,
  writeSafetensors,
} from '@diffir/core';
import { add, memory, type Tensor4D, tensor4d } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { cpuBackend } from '../../../../tools/test-backends';
import type { Objective } from '../gradients/objective';
import { meanAbsoluteError } from '../losses/mean-absolute-error';
import { constantRate, cosineRate, parameterRates } from '../optimiser/learning-rate';
import type { TrainingBatch } from '../stages/training-batch';
import { type BatchPart, createTrainer, type TrainerOptions } from './trainer';
import { stateFromTensors, stateToTensors, type TrainerState } from './trainer-state';

/** Restores with one convolution and an offset: enough to train. */
function tinyObjective(parameters: Parameters): Objective<TrainingBatch> {
  const layer = conv3x3(parameters.root.scope('G'), { inputs: 3, outputs: 3, bias: true });
  const initializer = { kind: 'constant', value: 0.1 } as const;
  const offset = parameters.root.scope('E').get('offset', { layout: 'vector', shape: [3], initializer });
  return {
    parameters,
    trains: () => true,
    prepare:
      ({ lq, gt }) =>
      () => {
        const total = meanAbsoluteError(add<Tensor4D>(layer.forward(lq), offset.tensor), gt);
        return { total, terms: { pixel: total } };
      },
  };
}

function part(seed: number, images: number): BatchPart<TrainingBatch> {
  const values = standardNormal(createRandomSource(seed), images * 8 * 8 * 3);
  const image = (factor: number) =>
    tensor4d(
      values.map((value) => 0.5 + factor * value),
      [images, 8, 8, 3],
    );
  return { images, batch: () => ({ lq: image(0.1), gt: image(0.15) }) };
}

/** A trainer over freshly initialised parameters. */
async function startTrainer(settings: Partial<TrainerOptions<TrainingBatch>> = {}) {
  const backend = await cpuBackend.start();
  const parameters = createParameters({ trainable: true });
  const objective = tinyObjective(parameters);
  withBackend(backend, () => parameters.initialize(1));
  const rates = parameterRates(constantRate(1e-2));
  const trainer = await createTrainer({ objective, backend, rates, ...settings });
  return { trainer, parameters, backend };
}

async function throughFile(state: TrainerState): Promise<TrainerState> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeSafetensors(stateToTensors(state))) chunks.push(chunk);
  const { stateDict } = await openCheckpoint(bytesSource('state.safetensors', Buffer.concat(chunks)));
  return stateFromTensors(stateDict);
}

const bits = ({ parameters, average, adam }: TrainerState) =>
  [parameters, average, adam.firstMoments, adam.secondMoments].map((values) =>
    [...values].map(([name, { values: data }]) => [name, [...new Uint32Array(data.buffer)].join()]),
  );

describe('trainer', () => {
  it('lowers the loss, and leaves no tensors behind', async () => {
    const { trainer } = await startTrainer();
    const first = await trainer.step([part(1, 2)]);
    const before = memory().numTensors;
    for (let step = 0; step < 4; step++) await trainer.step([part(1, 2)]);
    const last = await trainer.step([part(1, 2)]);
    expect(last.iteration).toBe(6);
    expect(last.losses.total).toBeLessThan(0.9 * (first.losses.total ?? 0));
    expect(memory().numTensors).toBe(before);
  });

  it('goes on from a saved state to the same bits', async () => {
    const settings = {
      rates: parameterRates(cosineRate({ rate: 1e-3, iterations: 6 })),
      maxGradientNorm: 0.1,
    };
    const { trainer } = await startTrainer(settings);
    await trainer.step([part(1, 2)]);
    await trainer.step([part(2, 2)]);
    const saved = await throughFile(trainer.state);
    expect(bits(saved)).toEqual(bits(trainer.state));
    await trainer.step([part(3, 2)]);
    const resumed = await startTrainer({ ...settings, state: saved });
    await resumed.trainer.step([part(3, 2)]);
    expect(resumed.trainer.state.iteration).toBe(3);
    expect(bits(resumed.trainer.state)).toEqual(bits(trainer.state));
  });

  it('puts what it learned into the network', async () => {
    const { trainer, parameters } = await startTrainer();
    await trainer.step([part(1, 1)]);
    const exported = await parameters.export();
    expect([...exported].map(([name, { values }]) => [name, values])).toEqual(
      [...trainer.state.parameters].map(([name, { values }]) => [name, values]),
    );
  });

  it('accumulates parts of different sizes as if they were one batch', async () => {
    const [whole, parts] = [await startTrainer(), await startTrainer()];
    const large = part(1, 3);
    const slice = (start: number, images: number): BatchPart<TrainingBatch> => ({
      images,
      batch: () => {
        const { lq, gt } = large.batch();
        const cut = (x: typeof lq) => x.slice([start, 0, 0, 0], [images, 8, 8, 3]);
        return { lq: cut(lq), gt: cut(gt) };
      },
    });
    const one = await whole.trainer.step([large]);
    const accumulated = await parts.trainer.step([slice(0, 1), slice(1, 2)]);
    // Means over parts are rounded to float32 before they are averaged.
    expect(accumulated.losses.total).toBeCloseTo(one.losses.total ?? 0, 6);
    expect(accumulated.gradientNorm / one.gradientNorm).toBeCloseTo(1, 4);
  });

  it('trains groups at their own rates', async () => {
    const groups = [{ prefixes: ['E.'], schedule: constantRate(0) }];
    const { trainer } = await startTrainer({ rates: parameterRates(constantRate(1e-2), groups) });
    const before = bits(trainer.state)[0] ?? [];
    await trainer.step([part(1, 1)]);
    const after = new Map((bits(trainer.state)[0] ?? []).map(([name, value]) => [name, value]));
    const unchanged = before.filter(([name, value]) => after.get(name) === value).map(([name]) => name);
    expect(unchanged).toEqual(['E.offset']);
  });
});
