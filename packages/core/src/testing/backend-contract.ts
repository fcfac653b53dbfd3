import * as tf from '@tensorflow/tfjs';
import type { BackendDefinition, BackendProbe, RunningBackend } from '../backend/backend';
import { selectBackend } from '../backend/select-backend';
import { findTensorflowBackend } from '../backend/tensorflow-backend';
import { readTensor, withBackend } from '../backend/with-backend';
import { UnknownIdError } from '../errors/unknown-id-error';
import { checkKernel, checkKernels } from './check-kernel';
import { kernelCases } from './kernel-cases';
import type { TestRunner } from './test-runner';

/**
 * The contract suite of backends: what every `BackendDefinition` keeps to, on a machine where it is
 * available. Ends with the backend disposed.
 * @example
 * import { describeBackend } from '@diffir/core/testing';
 * import { describe, expect, it } from 'vitest';
 *
 * describeBackend(myBackend, { describe, it, expect });
 */
export function describeBackend(definition: BackendDefinition, runner: TestRunner): void {
  runner.describe(`backend contract of ${definition.id}`, () => {
    describeDefinition(definition, runner);
    describeStart(definition, runner);
    describeKernels(definition, runner);
    describeLifetime(definition, runner);
  });
}

function describeDefinition(definition: BackendDefinition, { it, expect }: TestRunner): void {
  it('has an id fit for a command line, a rank and a description', () => {
    expect(definition.id).toMatch(/^(?!auto$)[a-z][a-z0-9-]*$/);
    expect(definition.rank).toBeGreaterThan(0);
    expect(definition.description).toMatch(/^\S.*\S$/);
  });

  it('probes the same twice, without leaving a trace', async () => {
    const before = traces();
    const first = await definition.probe();
    expect(traces()).toEqual(before);
    expect(await definition.probe()).toEqual(first);
    const { device, limits } = available(first);
    expect(device).toMatch(/^\S.*\S$/);
    // A 64-channel feature map of a 256×256 tile, the least that restoring takes.
    expect(limits.maxTensorBytes).toBeGreaterThan(64 * 256 * 256 * 4);
    expect(limits.maxMemoryBytes ?? Number.POSITIVE_INFINITY).toBeGreaterThan(limits.maxTensorBytes - 1);
  });

  it('is started by its id, and an unknown id names it', async () => {
    const { backend } = await selectBackend([definition], definition.id);
    expect(backend.id).toBe(definition.id);
    const error = await selectBackend([definition], 'no-such-backend').catch((reason: unknown) => reason);
    expect(UnknownIdError.isInstance(error) && error.known.includes(definition.id)).toBe(true);
  });
}

function describeStart(definition: BackendDefinition, { it, expect }: TestRunner): void {
  it('starts once, as what it said it would be', async () => {
    const probe = available(await definition.probe());
    const [first, second] = await Promise.all([definition.start(), definition.start()]);
    expect(second).toBe(first);
    expect(first.id).toBe(definition.id);
    expect(first.software).toBe(probe.software);
    expect(first.tensorflowName).toMatch(/^[^_]+$/);
    expect(findTensorflowBackend(first.tensorflowName) !== undefined).toBe(true);
  });

  it('leaves the current backend alone, and works beside it', async () => {
    await tf.setBackend('cpu');
    const backend = await definition.start();
    expect(tf.getBackend()).toBe('cpu');
    const [here, there] = [tf.tensor1d([1, 2, 3]), withBackend(backend, () => tf.tensor1d([4, 5, 6]))];
    const sums = [tf.add(here, here), withBackend(backend, () => tf.add(there, there))];
    expect(tf.getBackend()).toBe('cpu');
    const values = await Promise.all(sums.map(async (sum) => [...(await readTensor(backend, sum))]));
    expect(values).toEqual([
      [2, 4, 6],
      [8, 10, 12],
    ]);
    tf.dispose([here, there, sums]);
  });
}

function describeKernels(definition: BackendDefinition, { it, expect }: TestRunner): void {
  for (const kernel of kernelCases()) {
    it(`computes ${kernel.name}`, async () => {
      const check = await checkKernel(await definition.start(), kernel);
      expect(check.shape).toEqual(check.expectedShape);
      expect(check.maxError).toBeLessThanOrEqual(check.tolerance);
    });
  }
}

function describeLifetime(definition: BackendDefinition, { it, expect }: TestRunner): void {
  it('keeps no tensors', async () => {
    const backend = await definition.start();
    const before = tensorCounts(backend);
    await checkKernels(backend);
    expect(tensorCounts(backend)).toEqual(before);
  });

  it('starts afresh after it has been disposed', async () => {
    const old = await definition.start();
    await old.dispose();
    const fresh = await definition.start();
    expect(fresh === old).toBe(false);
    for (const kernel of kernelCases().slice(0, 1)) {
      const check = await checkKernel(fresh, kernel);
      expect(check.maxError).toBeLessThanOrEqual(check.tolerance);
    }
    await fresh.dispose();
  });
}

function available(probe: BackendProbe): BackendProbe & { available: true } {
  if (probe.available) return probe;
  throw new Error(`the contract can be checked only where the backend is available: ${probe.reason}`);
}

/** What a probe must leave as it was. */
function traces(): unknown {
  return {
    globals: Object.getOwnPropertyNames(globalThis).sort(),
    tensorflow: [tf.getBackend(), Object.keys(tf.engine().registry).sort()],
  };
}

function tensorCounts({ tensorflowName }: RunningBackend): unknown {
  return {
    tensors: tf.memory().numTensors,
    data: findTensorflowBackend(tensorflowName)?.numDataIds(),
  };
}
