import { memory, type Tensor2D, type Tensor4D, tensor2d, tensor4d, tidy } from '@tensorflow/tfjs';
import type { StateDict, StoredTensor } from '../checkpoint/state-dict';
import { compareParameters, fits } from '../model/compare-parameters';
import type { ModelBlueprint, ModelDefinition, RestorationModel } from '../model/model';
import { createParameters, type Parameters } from '../nn/parameters';
import { estimatePrior } from '../prior/estimate-prior';
import { noise } from './reference-array';
import type { TestRunner } from './test-runner';

export interface ModelContractOptions {
  readonly definition: ModelDefinition;
  /** A network of this definition, as small as it goes: the suite runs it on the current backend. */
  readonly blueprint: ModelBlueprint;
}

/** Float32 results of the same sums in another order; networks here have outputs of order 1. */
const TOLERANCE = 1e-5;
const SEED = 5;

/**
 * The contract suite of models: what every `ModelDefinition` and its networks keep to.
 * @example
 * import { describeModel } from '@diffir/core/testing';
 * import { describe, expect, it } from 'vitest';
 *
 * describeModel({ definition: myModel, blueprint: myTinyNetwork }, { describe, it, expect });
 */
export function describeModel({ definition, blueprint }: ModelContractOptions, runner: TestRunner): void {
  runner.describe(`model contract of ${definition.id}`, () => {
    describeDescriptor(blueprint, definition, runner);
    describeDetection(blueprint, definition, runner);
    describeNetwork(blueprint, runner);
  });
}

function describeDescriptor(
  { descriptor, macs }: ModelBlueprint,
  definition: ModelDefinition,
  { it, expect }: TestRunner,
): void {
  it('describes itself', () => {
    expect(descriptor.architecture).toBe(definition.id);
    expect(descriptor.purpose).toMatch(/^\S.*\S$/);
    expect(Number.isInteger(descriptor.sizeMultiple)).toBe(true);
    expect(descriptor.sizeMultiple).toBeGreaterThan(0);
    expect(descriptor.scale).toBeGreaterThan(0);
  });

  it('costs about four times as much for four times the pixels', () => {
    const side = 32 * descriptor.sizeMultiple;
    const ratio = macs(2 * side, 2 * side) / macs(side, side);
    expect(Math.abs(ratio - 4)).toBeLessThanOrEqual(0.2);
  });
}

function describeDetection(
  blueprint: ModelBlueprint,
  definition: ModelDefinition,
  { it, expect }: TestRunner,
): void {
  it('is recognised by its own parameters, with the same options', async () => {
    const { parameters } = build(blueprint);
    const stateDict = await exported(parameters);
    const detected = await definition.detect(stateDict);
    expect(detected?.descriptor).toEqual(blueprint.descriptor);
    expect(detected?.options).toEqual(blueprint.options);
    const again = createParameters();
    detected?.build(again.root);
    expect(fits(compareParameters(again, detected?.relevantEntries?.(stateDict) ?? stateDict))).toBe(true);
    parameters.dispose();
  });

  it('does not recognise what is not its own', async () => {
    const foreign = new Map([['conv.weight', stored([4, 3, 3, 3], new Float32Array(108))]]);
    expect(await definition.detect(foreign)).toBe(undefined);
    expect(await definition.detect(new Map())).toBe(undefined);
  });
}

function describeNetwork(blueprint: ModelBlueprint, { it, expect }: TestRunner): void {
  const { inputChannels, outputChannels, scale, sizeMultiple } = blueprint.descriptor;
  const [height, width] = [2 * sizeMultiple, 3 * sizeMultiple];

  it('gives the shape it declares, finite and the same every time', () => {
    const { parameters, network } = build(blueprint);
    const [first, second] = [1, 2].map(() => evaluate(network, inputs(1, height, width, inputChannels)));
    expect(first?.shape).toEqual([1, height * scale, width * scale, outputChannels]);
    expect(first?.values.every(Number.isFinite)).toBe(true);
    expect(second?.values).toEqual(first?.values);
    parameters.dispose();
  });

  it('treats the images of a batch as it treats each alone', () => {
    const { parameters, network } = build(blueprint);
    const batch = inputs(2, height, width, inputChannels);
    const together = evaluate(network, batch).values;
    const size = together.length / 2;
    const apart = [0, 1].flatMap((index) => [...evaluate(network, batch, index).values]);
    const errors = apart.map((value, index) => Math.abs(value - (together[index] ?? Number.NaN)));
    expect(errors.length).toBe(2 * size);
    expect(errors.reduce((most, error) => Math.max(most, error), 0)).toBeLessThanOrEqual(TOLERANCE);
    parameters.dispose();
  });

  it('keeps no tensor but its parameters, and none after they are disposed', () => {
    const start = memory().numTensors;
    const { parameters, network } = build(blueprint);
    const loaded = memory().numTensors;
    evaluate(network, inputs(1, height, width, inputChannels));
    expect(memory().numTensors).toBe(loaded);
    parameters.dispose();
    expect(memory().numTensors).toBe(start);
  });

  it('survives export and import bit for bit', async () => {
    const { parameters } = build(blueprint);
    const stateDict = await exported(parameters);
    const copy = createParameters();
    blueprint.build(copy.root);
    await copy.load(stateDict);
    const [mine, theirs] = [await parameters.export(), await copy.export()];
    // Compared value by value: runners take seconds to compare arrays of a million numbers.
    const changed = [...mine].filter(([name, { values }]) => !sameBits(values, theirs.get(name)?.values));
    expect(changed.map(([name]) => name)).toEqual([]);
    parameters.dispose();
    copy.dispose();
  });
}

function build(blueprint: ModelBlueprint) {
  const parameters = createParameters();
  const network = blueprint.build(parameters.root);
  parameters.initialize(SEED);
  return { parameters, network };
}

function inputs(batch: number, height: number, width: number, channels: number) {
  return noise([batch, height, width, channels], { seed: 1, low: 0, high: 1 });
}

/** Runs the network as the pipeline does; `only` picks one image of the batch. */
function evaluate(
  network: RestorationModel,
  { shape, values: pixels }: ReturnType<typeof inputs>,
  only?: number,
) {
  const output = tidy(() => {
    const all = tensor4d(Float32Array.from(pixels), [shape[0], shape[1], shape[2], shape[3]]);
    const input: Tensor4D = only === undefined ? all : all.slice([only, 0, 0, 0], [1, -1, -1, -1]);
    const { prior } = network;
    return network.restore(
      input,
      prior && estimatePrior(prior, input, startNoise(prior.encoder.size, shape[0], only)).ipr,
    );
  });
  const result = { shape: output.shape, values: output.dataSync<'float32'>() };
  output.dispose();
  return result;
}

function startNoise(size: number, batch: number, only: number | undefined): Tensor2D {
  const all = tensor2d(Float32Array.from(noise([batch, size], { seed: 2 }).values), [batch, size]);
  return only === undefined ? all : all.slice([only, 0], [1, -1]);
}

function sameBits(a: Float32Array, b: Float32Array | undefined): boolean {
  return a.length === b?.length && a.every((value, index) => Object.is(value, b[index]));
}

async function exported(parameters: Parameters): Promise<StateDict> {
  const published = await parameters.export();
  return new Map([...published].map(([name, { shape, values: data }]) => [name, stored(shape, data)]));
}

function stored(shape: readonly number[], data: Float32Array): StoredTensor {
  return {
    dtype: 'f32',
    shape,
    load: async () => data,
    loadBytes: async () => new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  };
}
