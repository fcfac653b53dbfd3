import * as tf from '@tensorflow/tfjs';
import { dotProductError, exact, type KernelCase, tensor3d, tensor4d } from './kernel-case';
import { at, noise, sum, tabulate } from './reference-array';
import { erf, softmax } from './reference-kernels';

/** WGSL allows exp 3 + 2·|x| units in the last place and inverseSqrt 2; results here are below 4. */
const transcendental = 4e-6;

/** TensorFlow.js computes erf by Abramowitz and Stegun 7.1.26: 1.5e-7 off, before rounding. */
const erfApproximation = 1e-6;

/** Functions of each value, and reductions. */
export function valueCases(): readonly KernelCase[] {
  return [...pointwise(), selection(), ...means(), softmaxOfRows()];
}

function pointwise(): KernelCase[] {
  const x = noise([2, 3, 5, 3], { seed: 12, low: -3, high: 3 });
  const positive = noise([3, 5, 7], { seed: 13, low: 0.1, high: 4 });
  const slope = noise([3], { seed: 14 });
  return [
    {
      name: 'erf',
      compute: () => tf.erf(tensor4d(x)),
      expected: { shape: x.shape, values: x.values.map(erf) },
      tolerance: erfApproximation,
    },
    {
      name: 'rsqrt',
      compute: () => tf.rsqrt(tensor3d(positive)),
      expected: { shape: positive.shape, values: positive.values.map((value) => 1 / Math.sqrt(value)) },
      tolerance: transcendental,
    },
    {
      name: 'prelu with a slope for each channel',
      compute: () => tf.prelu<tf.Tensor>(tensor4d(x), tf.tensor1d([...slope.values])),
      expected: tabulate(x.shape, ([n, i, j, c]) => {
        const value = at(x, [n, i, j, c]);
        return value < 0 ? value * at(slope, [c]) : value;
      }),
      // One rounded product below 3.
      tolerance: 3 * 2 ** -24,
    },
  ];
}

/** Integer arithmetic and comparison, as masks are made of: the diagonal blocks of a 6×6 matrix. */
function selection(): KernelCase {
  const x = noise([6, 6], { seed: 22 });
  return {
    name: 'where of equal, floorDiv and range',
    compute: () => {
      const block = tf.floorDiv(tf.range(0, 6, 1, 'int32'), tf.scalar(3, 'int32'));
      const mask = tf.equal(tf.expandDims(block, 1), tf.expandDims(block, 0));
      return tf.where(mask, tf.tensor2d([...x.values], [6, 6]), tf.fill([6, 6], -9));
    },
    expected: tabulate([6, 6], ([i, j]) => (Math.floor(i / 3) === Math.floor(j / 3) ? at(x, [i, j]) : -9)),
    tolerance: exact,
  };
}

function means(): KernelCase[] {
  const x = noise([2, 5, 7, 3], { seed: 15 });
  return [
    {
      name: 'mean over pixels',
      compute: () => tf.mean(tensor4d(x), [1, 2]),
      expected: tabulate([2, 3], ([n, c]) => sum(5, (i) => sum(7, (j) => at(x, [n, i, j, c]))) / 35),
      tolerance: dotProductError(35) / 35,
    },
    {
      name: 'mean over channels',
      compute: () => tf.mean(tensor4d(x), 3, true),
      expected: tabulate([2, 5, 7, 1], ([n, i, j]) => sum(3, (c) => at(x, [n, i, j, c])) / 3),
      tolerance: dotProductError(3) / 3,
    },
  ];
}

function softmaxOfRows(): KernelCase {
  const rows = noise([2, 3, 13], { seed: 16, low: -4, high: 4 });
  return {
    name: 'softmax',
    compute: () => tf.softmax(tensor3d(rows)),
    expected: softmax(rows),
    tolerance: transcendental,
  };
}
