import {
  type Computation,
  channelAttention,
  gatedGelu,
  type LayerNormKind,
  ModelUseError,
  modulatedPointwiseConv,
  normalizeChannels,
  pixelShuffle,
  pixelUnshuffle,
  pointwiseConv,
  type RunningBackend,
  withBackend,
} from '@diffir/core';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onnxBackend } from '../index.node';
import { nodeRuntime } from '../node-runtime';
import { compile } from './compile';
import type { RuntimeChoice } from './runtime';

const CHANNELS = 8;
const HEADS = 2;

let backend: RunningBackend;
let choice: RuntimeChoice;

beforeAll(async () => {
  backend = await onnxBackend.start();
  const loaded = await nodeRuntime.load();
  if ('reason' in loaded) throw new Error(loaded.reason);
  choice = loaded;
});
afterAll(() => backend.dispose());

function noise(shape: number[], seed: number): tf.Tensor {
  return tf.randomUniform(shape, -1, 1, 'float32', seed);
}

/** A transformer block of core's ops between a down- and an upsampling: every way in which bands meet. */
function createBlock() {
  const parameters = withBackend(backend, () => ({
    first: noise([3, 3, 3, CHANNELS], 1) as tf.Tensor4D,
    depthwise: noise([3, 3, CHANNELS, 1], 2) as tf.Tensor4D,
    weight: noise([CHANNELS, CHANNELS], 3) as tf.Tensor2D,
    bias: noise([CHANNELS], 4) as tf.Tensor1D,
    temperature: noise([HEADS], 5) as tf.Tensor1D,
    scale: noise([1, CHANNELS], 6) as tf.Tensor2D,
    shift: noise([1, CHANNELS], 7) as tf.Tensor2D,
    last: noise([3, 3, CHANNELS / 4, 3], 8) as tf.Tensor4D,
  }));
  const { first, depthwise, weight, bias, temperature, scale, shift, last } = parameters;
  const computation: Computation = ({ image }) => {
    const features = tf.conv2d(pixelUnshuffleAndPick(image as tf.Tensor4D), first, 1, 'same');
    const normalized = normalizeChannels(features, 'WithBias');
    const branch = () =>
      tf.depthwiseConv2d(
        modulatedPointwiseConv(normalized, { scale, shift }, { weight, bias }),
        depthwise,
        1,
        'same',
      );
    const [q, k, v] = [branch(), tf.mul<tf.Tensor4D>(branch(), 0.5), branch()];
    const attended = tf.add<tf.Tensor4D>(
      features,
      channelAttention({ q, k, v }, { temperature, projection: { weight, bias } }),
    );
    const gated = gatedGelu(attended, normalizeChannels(attended, 'BiasFree'));
    const average = tf.mean<tf.Tensor4D>(gated, [1, 2], true);
    const mixed = pointwiseConv(tf.add(gated, average), { weight, bias });
    return tf.conv2d(pixelShuffle(mixed, 2), last, 1, 'same');
  };
  return { computation, dispose: () => withBackend(backend, () => tf.dispose({ ...parameters })) };
}

/** A feed-forward network of 21 hidden channels, no whole number of blocks. */
function createFeedForward(kind: LayerNormKind) {
  const hidden = 21;
  const parameters = withBackend(backend, () => ({
    depthwise: noise([3, 3, hidden, 1], 12) as tf.Tensor4D,
    gateWeight: noise([3, hidden], 13) as tf.Tensor2D,
    gateBias: noise([hidden], 14) as tf.Tensor1D,
    valueWeight: noise([3, hidden], 15) as tf.Tensor2D,
    scale: noise([1, 3], 16) as tf.Tensor2D,
    shift: noise([1, 3], 17) as tf.Tensor2D,
    projection: noise([hidden, 3], 18) as tf.Tensor2D,
  }));
  const { depthwise, gateWeight, gateBias, valueWeight, scale, shift, projection } = parameters;
  const computation: Computation = ({ image }) => {
    const x = normalizeChannels(image as tf.Tensor4D, kind);
    const gate = modulatedPointwiseConv(x, { scale, shift }, { weight: gateWeight, bias: gateBias });
    const value = modulatedPointwiseConv(x, { scale, shift }, { weight: valueWeight });
    const convolve = (branch: tf.Tensor4D) => tf.depthwiseConv2d(branch, depthwise, 1, 'same');
    return pointwiseConv(gatedGelu(convolve(gate), convolve(value)), { weight: projection });
  };
  return { computation, dispose: () => withBackend(backend, () => tf.dispose({ ...parameters })) };
}

/** Half the size, three of the twelve channels. */
function pixelUnshuffleAndPick(image: tf.Tensor4D): tf.Tensor4D {
  return tf.slice(pixelUnshuffle(image, 2), [0, 0, 0, 4], [-1, -1, -1, 3]);
}

function picture(height: number, width: number) {
  const values = Float32Array.from({ length: height * width * 3 }, (_, index) => ((index * 37) % 101) / 101);
  return { image: { values, shape: [1, height, width, 3] } };
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, index) => Math.max(most, Math.abs(value - (b[index] ?? Number.NaN))), 0);
}

describe('compiled computations', () => {
  it.each([
    [16, 6],
    [32, 10],
    [70, 8],
    [94, 6],
  ])('are the same in bands as whole, %i×%i', async (height, width) => {
    const block = createBlock();
    const whole = compile({ backend, choice }, block.computation);
    // So few bytes that every band has the least number of rows.
    const banded = compile({ backend, choice, bandBytes: 1 }, block.computation);
    const [expected, actual] = [
      await whole.run(picture(height, width)),
      await banded.run(picture(height, width)),
    ];
    expect(Math.max(...expected.map(Math.abs))).toBeGreaterThan(0.1);
    // Sums over pixels are taken in another order: rounding only.
    expect(largestDifference(actual, expected)).toBeLessThan(2e-5);
    for (const compiled of [whole, banded]) compiled.dispose();
    block.dispose();
  });

  it('agree with the op-by-op backend', async () => {
    await tf.setBackend('cpu');
    const block = createBlock();
    const compiled = compile({ backend, choice, bandBytes: 1 }, block.computation);
    const actual = await compiled.run(picture(20, 12));
    const { image } = picture(20, 12);
    const read = withBackend(backend, () =>
      tf.tidy(() => block.computation({ image: tf.tensor(image.values, image.shape) })),
    );
    expect(largestDifference(actual, (await read.data()) as Float32Array)).toBeLessThan(2e-5);
    withBackend(backend, () => read.dispose());
    compiled.dispose();
    block.dispose();
  });

  it.each(['WithBias', 'BiasFree'] as const)('agree where channels are padded, %s', async (kind) => {
    const network = createFeedForward(kind);
    const compiled = compile({ backend, choice, bandBytes: 1 }, network.computation);
    const actual = await compiled.run(picture(13, 6));
    const { image } = picture(13, 6);
    const read = withBackend(backend, () =>
      tf.tidy(() => network.computation({ image: tf.tensor(image.values, image.shape) })),
    );
    expect(largestDifference(actual, (await read.data()) as Float32Array)).toBeLessThan(2e-5);
    withBackend(backend, () => read.dispose());
    compiled.dispose();
    network.dispose();
  });

  it('answer many shapes at once, though only a few are kept, also when disposed meanwhile', async () => {
    const block = createBlock();
    const sides = [8, 10, 12, 14, 16];
    const compiled = compile({ backend, choice }, block.computation);
    const inTurn: Float32Array[] = [];
    for (const side of sides) inTurn.push(await compiled.run(picture(side, side)));
    const together = Promise.all(sides.map((side) => compiled.run(picture(side, side))));
    compiled.dispose();
    expect(await together).toEqual(inTurn);
    block.dispose();
  });

  it('leave no tensors behind, however they are used', async () => {
    const before = tf.memory().numTensors;
    const block = createBlock();
    const compiled = compile({ backend, choice }, block.computation);
    for (const side of [8, 10, 12, 8]) await compiled.run(picture(side, side));
    compiled.dispose();
    block.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('name the op that graphs do not know', () => {
    const compiled = compile({ backend, choice }, ({ image }) => tf.cumsum(image as tf.Tensor4D, 1));
    const check = () => compiled.check({ image: [1, 4, 4, 3] });
    expect(check).toThrow(ModelUseError);
    expect(check).toThrow('Cumsum');
  });

  it('name the op whose settings graphs cannot express', () => {
    const compiled = compile({ backend, choice }, ({ image }) =>
      tf.image.resizeNearestNeighbor(image as tf.Tensor4D, [5, 5]),
    );
    expect(() => compiled.check({ image: [1, 4, 4, 3] })).toThrow('ResizeNearestNeighbor');
  });
});
