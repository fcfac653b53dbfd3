import { gatedGelu, type LayerNormKind, normalizeChannels } from '@diffir/core';
import * as tf from '@tensorflow/tfjs';
import { noise } from '../testing/compare-with-cpu';
import { describeKernel } from '../testing/describe-kernel';

type Shape = [number, number, number, number];
/** Numbers in [−6, 6): beyond ±3.9·√2 Φ is 0 or 1 in float32. */
const wide = (shape: Shape, seed: number) => noise<tf.Rank.R4>(shape, seed).mul(6) as tf.Tensor4D;

function gelu(shape: Shape): tf.Tensor {
  return gatedGelu(wide(shape, 1), noise<tf.Rank.R4>(shape, 2));
}

function geluGradient(shape: Shape): tf.Tensor {
  const compute = (gate: tf.Tensor, value: tf.Tensor) => gatedGelu(gate as tf.Tensor4D, value as tf.Tensor4D);
  return tf.stack(tf.grads(compute)([wide(shape, 1), noise(shape, 2)], noise(shape, 3)));
}

function normGradient(shape: Shape, kind: LayerNormKind): tf.Tensor {
  const compute = (x: tf.Tensor) => normalizeChannels(x as tf.Tensor4D, kind);
  return tf.grad(compute)(noise(shape, 1), noise(shape, 2));
}

describeKernel('gatedGelu and its gradient', {
  'whole vectors': () => gelu([2, 3, 5, 8]),
  'a rest': () => gelu([1, 3, 5, 7]),
  'gradient, whole vectors': () => geluGradient([2, 3, 5, 8]),
  'gradient, a rest': () => geluGradient([1, 3, 5, 7]),
});

describeKernel('normalizeChannels and its gradient', {
  'gradient, WithBias': () => normGradient([2, 3, 5, 16], 'WithBias'),
  'gradient, WithBias, a rest': () => normGradient([2, 3, 5, 7], 'WithBias'),
  'gradient, BiasFree': () => normGradient([2, 3, 5, 16], 'BiasFree'),
  'gradient, BiasFree, a rest': () => normGradient([2, 3, 5, 7], 'BiasFree'),
});
