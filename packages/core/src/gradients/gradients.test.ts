import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { channelAttention } from '../ops/channel-attention';
import { gatedGelu } from '../ops/gated-gelu';
import { modulatedPointwiseConv } from '../ops/modulated-pointwise-conv';
import { normalizeChannels } from '../ops/normalize-channels';
import { channelAttentionGradient } from './channel-attention-gradient';
import { gatedGeluGradient } from './gated-gelu-gradient';
import { modulatedPointwiseConvGradient } from './modulated-pointwise-conv-gradient';
import { normalizeChannelsGradient } from './normalize-channels-gradient';
import {
  checkGradients,
  type Differentiable,
  noise,
  outputWeights,
  SLOPE_TOLERANCE,
} from './testing/check-gradient';
import { type OpGradient, withGradient } from './with-gradient';

beforeAll(() => tf.setBackend('cpu'));

/** Checks a gradient that is given as a whole against the op it belongs to. */
function expectGradient<I extends tf.NamedTensorMap>(
  checked: Differentiable,
  gradient: OpGradient<I, tf.Tensor4D>,
) {
  const dy = outputWeights(checked.compute(checked.inputs).shape) as tf.Tensor4D;
  const gradients = gradient(dy, checked.inputs as I);
  expect(Object.keys(gradients).sort()).toEqual(Object.keys(checked.inputs).sort());
  for (const { name, shape, expectedShape, error } of checkGradients(checked, gradients)) {
    expect(shape, name).toEqual(expectedShape);
    expect(error, name).toBeLessThan(SLOPE_TOLERANCE);
  }
}

const image = (seed: number, channels = 4) => noise([2, 3, 5, channels], seed) as tf.Tensor4D;

describe('gradients', () => {
  it('of gatedGelu', () => {
    const inputs = { gate: tf.mul(image(1), 2), value: image(2) };
    expectGradient(
      { inputs, compute: (x) => gatedGelu(x.gate as tf.Tensor4D, x.value as tf.Tensor4D) },
      gatedGeluGradient,
    );
  });

  it.each(['WithBias', 'BiasFree'] as const)('of normalizeChannels, %s', (kind) => {
    const inputs = { x: image(1) };
    expectGradient(
      { inputs, compute: ({ x }) => normalizeChannels(x as tf.Tensor4D, kind) },
      normalizeChannelsGradient(kind, 1e-5),
    );
  });

  it.each([false, true])('of modulatedPointwiseConv, bias: %s', (withBias) => {
    const inputs: Record<string, tf.Tensor> = {
      x: image(1),
      scale: noise([2, 4], 2),
      shift: noise([2, 4], 3),
      weight: noise([4, 3], 4),
      ...(withBias && { bias: noise([3], 5) }),
    };
    const compute = ({ x, scale, shift, weight, bias }: Record<string, tf.Tensor>) =>
      modulatedPointwiseConv(
        x as tf.Tensor4D,
        { scale: scale as tf.Tensor2D, shift: shift as tf.Tensor2D },
        { weight: weight as tf.Tensor2D, ...(bias && { bias: bias as tf.Tensor1D }) },
      );
    expectGradient({ inputs, compute }, modulatedPointwiseConvGradient);
  });

  it.each([
    [1, false],
    [2, true],
  ])('of channelAttention, %i heads, bias: %s', (heads, withBias) => {
    const inputs: Record<string, tf.Tensor> = {
      q: image(1),
      k: image(2),
      v: image(3),
      temperature: tf.add(noise([heads], 4), 2),
      weight: noise([4, 3], 5),
      ...(withBias && { bias: noise([3], 6) }),
    };
    const compute = ({ q, k, v, temperature, weight, bias }: Record<string, tf.Tensor>) =>
      channelAttention(
        { q: q as tf.Tensor4D, k: k as tf.Tensor4D, v: v as tf.Tensor4D },
        {
          temperature: temperature as tf.Tensor1D,
          projection: { weight: weight as tf.Tensor2D, ...(bias && { bias: bias as tf.Tensor1D }) },
        },
      );
    expectGradient({ inputs, compute }, channelAttentionGradient);
  });
});

describe('withGradient', () => {
  it('keeps nothing of the forward pass but its inputs', () => {
    const x = tf.tensor1d([2, 3]);
    let kept = 0;
    const gradient = tf.tidy(() =>
      tf
        .grad((value) => {
          const before = tf.memory().numTensors;
          const y = withGradient(
            { value },
            () => tf.tidy(() => tf.exp(tf.square(value))),
            (dy) => ({ value: tf.mul(dy, 10) }),
          );
          kept = tf.memory().numTensors - before;
          return y;
        })(x)
        .dataSync(),
    );
    expect([...gradient]).toEqual([10, 10]);
    // The input kept for the gradient, and the output.
    expect(kept).toBe(2);
  });
});
