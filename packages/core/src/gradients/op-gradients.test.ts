import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { cpuBackend, wasmBackend } from '../../../../tools/test-backends';
import { conv3x3 } from '../nn/conv3x3';
import { depthwise3x3 } from '../nn/depthwise3x3';
import { linear } from '../nn/linear';
import { createParameters } from '../nn/parameters';
import { channelAttention } from '../ops/channel-attention';
import { depthwiseConv } from '../ops/depthwise-conv';
import { gatedGelu } from '../ops/gated-gelu';
import { layerNorm } from '../ops/layer-norm';
import { leakyRelu } from '../ops/leaky-relu';
import { modulate } from '../ops/modulate';
import { modulatedPointwiseConv } from '../ops/modulated-pointwise-conv';
import { nearestUpsample } from '../ops/nearest-upsample';
import { pixelShuffle } from '../ops/pixel-shuffle';
import { pixelUnshuffle } from '../ops/pixel-unshuffle';
import { pointwiseConv } from '../ops/pointwise-conv';
import {
  checkGradients,
  type Differentiable,
  noise,
  outputWeights,
  SLOPE_TOLERANCE,
} from './testing/check-gradient';

/** Named tensors of whatever rank a case made them. */
type Inputs = Readonly<Record<string, tf.Tensor>>;

/** An input of a case, of the rank that its op takes. */
function take<T extends tf.Tensor>(inputs: Inputs, name: string): T {
  const tensor = inputs[name];
  if (tensor === undefined) throw new Error(`the case has no ${name}`);
  return tensor as T;
}

const image = (seed: number, channels = 4) => noise([2, 4, 6, channels], seed);
const x = (inputs: Inputs) => take<tf.Tensor4D>(inputs, 'x');
const modulation = (inputs: Inputs) => ({
  scale: take<tf.Tensor2D>(inputs, 'scale'),
  shift: take<tf.Tensor2D>(inputs, 'shift'),
});
const pointwise = (inputs: Inputs) => ({
  weight: take<tf.Tensor2D>(inputs, 'weight'),
  bias: take<tf.Tensor1D>(inputs, 'bias'),
});

const ops: Readonly<Record<string, () => Differentiable>> = {
  channelAttention: () => ({
    inputs: {
      q: image(1),
      k: image(2),
      v: image(3),
      temperature: noise([2], 4),
      weight: noise([4, 3], 5),
      bias: noise([3], 6),
    },
    compute: (inputs) =>
      channelAttention(
        { q: take(inputs, 'q'), k: take(inputs, 'k'), v: take(inputs, 'v') },
        { temperature: take(inputs, 'temperature'), projection: pointwise(inputs) },
      ),
  }),
  depthwiseConv: () => ({
    inputs: { x: image(1), filter: noise([3, 3, 4, 1], 2), bias: noise([4], 3) },
    compute: (inputs) =>
      depthwiseConv(x(inputs), { filter: take(inputs, 'filter'), bias: take(inputs, 'bias') }),
  }),
  gatedGelu: () => ({
    inputs: { gate: image(1), value: image(2) },
    compute: (inputs) => gatedGelu(take(inputs, 'gate'), take(inputs, 'value')),
  }),
  'layerNorm WithBias': () => ({
    // Eight channels: among fewer some pixels have next to no variance, and curve too much for differences.
    inputs: { x: image(1, 8), weight: noise([8], 2), bias: noise([8], 3) },
    compute: (inputs) =>
      layerNorm(x(inputs), { kind: 'WithBias', weight: take(inputs, 'weight'), bias: take(inputs, 'bias') }),
  }),
  'layerNorm BiasFree': () => ({
    inputs: { x: image(1, 8), weight: noise([8], 2) },
    compute: (inputs) => layerNorm(x(inputs), { kind: 'BiasFree', weight: take(inputs, 'weight') }),
  }),
  leakyRelu: () => ({
    // Away from the kink, which a difference would straddle.
    inputs: { x: tf.add(image(1), tf.mul(tf.sign(image(1)), 0.1)) },
    compute: (inputs) => leakyRelu(x(inputs)),
  }),
  modulate: () => ({
    inputs: { x: image(1), scale: noise([2, 4], 2), shift: noise([2, 4], 3) },
    compute: (inputs) => modulate(x(inputs), modulation(inputs)),
  }),
  modulatedPointwiseConv: () => ({
    inputs: {
      x: image(1),
      scale: noise([2, 4], 2),
      shift: noise([2, 4], 3),
      weight: noise([4, 3], 4),
      bias: noise([3], 5),
    },
    compute: (inputs) => modulatedPointwiseConv(x(inputs), modulation(inputs), pointwise(inputs)),
  }),
  nearestUpsample: () => ({
    // One image: TensorFlow.js' cpu backend mixes up those of a batch here. Networks enlarge only the LQ
    // image, which needs no gradient.
    inputs: { x: noise([1, 4, 6, 3], 1) },
    compute: (inputs) => nearestUpsample(x(inputs), 2),
  }),
  pixelShuffle: () => ({ inputs: { x: image(1) }, compute: (inputs) => pixelShuffle(x(inputs), 2) }),
  pixelUnshuffle: () => ({ inputs: { x: image(1) }, compute: (inputs) => pixelUnshuffle(x(inputs), 2) }),
  pointwiseConv: () => ({
    inputs: { x: image(1), weight: noise([4, 3], 2), bias: noise([3], 3) },
    compute: (inputs) => pointwiseConv(x(inputs), pointwise(inputs)),
  }),
};

/** Gradients by the inputs, as TensorFlow.js finds them through the op. */
function recordedGradients({ inputs, compute }: Differentiable): Record<string, tf.Tensor> {
  const names = Object.keys(inputs);
  const run = (...tensors: tf.Tensor[]) =>
    compute(Object.fromEntries(names.map((name, i) => [name, tensors[i] as tf.Tensor])));
  const gradients = tf.grads(run)(Object.values(inputs), outputWeights(compute(inputs).shape));
  return Object.fromEntries(gradients.map((gradient, index) => [names[index] ?? '', gradient]));
}

describe.each([cpuBackend, wasmBackend])('gradients through ops on $id', (definition) => {
  beforeAll(async () => {
    const { tensorflowName } = await definition.start();
    await tf.setBackend(tensorflowName);
  });

  it.each(Object.entries(ops))('%s', (_, create) => {
    tf.tidy(() => {
      const checked = create();
      for (const { name, shape, expectedShape, error } of checkGradients(
        checked,
        recordedGradients(checked),
      )) {
        expect(shape, name).toEqual(expectedShape);
        expect(error, name).toBeLessThan(SLOPE_TOLERANCE);
      }
    });
  });

  it.each([false, true])('layers by their parameters, bias: %s', (bias) => {
    const parameters = createParameters({ trainable: true });
    const { root } = parameters;
    const layers = {
      conv: conv3x3(root.scope('conv'), { inputs: 4, outputs: 3, bias }),
      depthwise: depthwise3x3(root.scope('depthwise'), { channels: 3, bias, parts: [1, 2] }),
      linear: linear(root.scope('linear'), { inputs: 3, outputs: 2, bias }),
    };
    parameters.initialize(1);
    const compute = () => {
      const features = layers.conv.forward(image(1) as tf.Tensor4D);
      const [first, second] = layers.depthwise.map((layer) => layer.parameters());
      const parts = [
        depthwiseConv(tf.slice(features, [0, 0, 0, 0], [2, 4, 6, 1]), first ?? { filter: features }),
        depthwiseConv(tf.slice(features, [0, 0, 0, 1], [2, 4, 6, 2]), second ?? { filter: features }),
      ];
      const average: tf.Tensor2D = tf.mean(tf.concat(parts, 3), [1, 2]);
      return layers.linear.forward(average);
    };
    const variables = parameters.variables();
    const inputs = Object.fromEntries(variables.map(({ variable }) => [variable.name, variable.clone()]));
    const { grads } = tf.variableGrads(() => tf.sum(tf.mul(compute(), outputWeights([2, 2]))).asScalar());
    const checked: Differentiable = {
      inputs,
      compute(values) {
        for (const { variable } of variables) variable.assign(values[variable.name] ?? variable);
        return compute();
      },
    };
    expect(variables.length).toBe(bias ? 8 : 4);
    for (const { name, error } of checkGradients(checked, grads)) {
      expect(error, name).toBeLessThan(SLOPE_TOLERANCE);
    }
    parameters.dispose();
  });
});
