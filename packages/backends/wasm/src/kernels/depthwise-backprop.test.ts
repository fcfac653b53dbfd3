import { withBackend } from '@diffir/core';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { noise } from '../testing/compare-with-cpu';
import { describeKernel } from '../testing/describe-kernel';
import { wasmBackend } from '../wasm-backend';

type Size = [number, number, number, number];
type Padding = 'same' | 'valid' | number;

function gradients(size: Size, [rows, columns]: [number, number], pad: Padding, stride = 1) {
  const x = noise<tf.Rank.R4>(size, 1);
  const filter = noise<tf.Rank.R4>([rows, columns, size[3], 1], 2);
  const convolve = (image: tf.Tensor4D, weights: tf.Tensor4D) =>
    tf.depthwiseConv2d(image, weights, stride, pad);
  const dy = noise(convolve(x, filter).shape, 3) as tf.Tensor4D;
  const [byInput, byFilter] = tf.grads((image, weights) =>
    convolve(image as tf.Tensor4D, weights as tf.Tensor4D),
  )([x, filter], dy);
  return { byInput, byFilter } as { byInput: tf.Tensor4D; byFilter: tf.Tensor4D };
}

const cases: Readonly<Record<string, () => ReturnType<typeof gradients>>> = {
  '3×3, same': () => gradients([2, 5, 7, 6], [3, 3], 'same'),
  '3×3, same, narrower than the filter': () => gradients([1, 2, 1, 3], [3, 3], 'same'),
  '3×3, valid': () => gradients([2, 6, 5, 3], [3, 3], 'valid'),
  '5×5, same: two groups of taps': () => gradients([2, 6, 7, 4], [5, 5], 'same'),
  '3×3, pad 2': () => gradients([1, 6, 5, 3], [3, 3], 2),
};

function only(pick: 'byInput' | 'byFilter') {
  return Object.fromEntries(Object.entries(cases).map(([name, compute]) => [name, () => compute()[pick]]));
}

describeKernel('DepthwiseConv2dNativeBackpropInput', only('byInput'));
describeKernel('DepthwiseConv2dNativeBackpropFilter', only('byFilter'));

describe('depthwise gradients', () => {
  it('refuse strides, and say what to do', async () => {
    const backend = await wasmBackend.start();
    const compute = () => tf.tidy(() => gradients([1, 6, 6, 2], [3, 3], 'same', 2));
    expect(() => withBackend(backend, compute)).toThrow(
      'wasm: has no gradient of depthwise convolutions with strides or channel multipliers; train on another backend',
    );
  });
});
