import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, it } from 'vitest';
import { cpuBackend } from '../cpu-backend';

type Shape = [number, number, number, number];

interface Convolution {
  readonly x: Shape;
  readonly filter: Shape;
  readonly stride?: number;
  readonly pad?: 'same' | 'valid' | number;
  readonly format?: 'NHWC' | 'NCHW';
  readonly depthwise?: true;
}

const cases: Readonly<Record<string, Convolution>> = {
  '3×3, same': { x: [2, 5, 7, 4], filter: [3, 3, 4, 6] },
  '3×3, valid': { x: [2, 6, 5, 2], filter: [3, 3, 2, 3], pad: 'valid' },
  '4×4, stride 2, pad 2': { x: [2, 8, 6, 3], filter: [4, 4, 3, 5], stride: 2, pad: 2 },
  '3×3, stride 2, a last row that no tap meets': {
    x: [1, 8, 8, 2],
    filter: [3, 3, 2, 4],
    stride: 2,
    pad: 'valid',
  },
  '1×1': { x: [1, 4, 4, 5], filter: [1, 1, 5, 3] },
  'channels first': { x: [1, 2, 6, 5], filter: [3, 3, 2, 3], format: 'NCHW' },
  'depthwise 3×3': { x: [2, 5, 7, 6], filter: [3, 3, 6, 1], depthwise: true },
  'depthwise 5×5, pad 2, narrower than the filter': {
    x: [1, 6, 2, 3],
    filter: [5, 5, 3, 1],
    pad: 2,
    depthwise: true,
  },
  'depthwise with a multiplier': { x: [1, 6, 5, 3], filter: [3, 3, 3, 2], depthwise: true },
  'depthwise, stride 2': { x: [1, 6, 6, 3], filter: [3, 3, 3, 1], stride: 2, depthwise: true },
};

/** The gradient by the filter, weighted by noise so that every output counts differently. */
function filterGradient({
  x,
  filter,
  stride = 1,
  pad = 'same',
  format = 'NHWC',
  depthwise,
}: Convolution): Float32Array {
  const gradient = tf.tidy(() => {
    const input: tf.Tensor4D = tf.randomUniform(x, -1, 1, 'float32', 1);
    const convolve = (weights: tf.Tensor) =>
      depthwise
        ? tf.depthwiseConv2d(input, weights as tf.Tensor4D, stride, pad)
        : tf.conv2d(input, weights as tf.Tensor4D, stride, pad, format);
    const weights = tf.randomUniform(filter, -1, 1, 'float32', 2);
    const dy = tf.randomUniform(convolve(weights).shape, -1, 1, 'float32', 3);
    return tf.grad(convolve)(weights, dy);
  });
  const values = gradient.dataSync<'float32'>();
  gradient.dispose();
  return values;
}

const names = ['Conv2DBackpropFilter', 'DepthwiseConv2dNativeBackpropFilter'];
const registered = () => names.map((name) => tf.getKernel(name, 'cpu').kernelFunc);

describe('kernels of the cpu backend', () => {
  afterEach(async () => (await cpuBackend.start()).dispose());

  it.each(Object.entries(cases))('equal those of TensorFlow.js: %s', async (_, convolution) => {
    await tf.setBackend('cpu');
    const before = tf.memory().numTensors;
    const expected = filterGradient(convolution);
    await cpuBackend.start();
    const actual = filterGradient(convolution);
    expect(actual).toHaveLength(expected.length);
    // Sums of a few hundred products below 1, in other orders.
    for (const [index, value] of expected.entries()) expect(actual[index]).toBeCloseTo(value, 4);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('are in place while the backend runs', async () => {
    const before = registered();
    const backend = await cpuBackend.start();
    expect(registered().filter((kernel) => before.includes(kernel))).toEqual([]);
    await backend.dispose();
    expect(registered()).toEqual(before);
  });
});
