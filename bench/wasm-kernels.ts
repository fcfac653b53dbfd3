/**
 * Times the TensorFlow.js kernels on WebAssembly that decided how the ops are composed:
 * `node scripts/run.mjs bench/wasm-kernels.ts`.
 */
import { wasmBackend } from '@diffir/backend-wasm';
import { withBackend } from '@diffir/core';
import * as tf from '@tensorflow/tfjs';

const [size, channels] = [256, 48];
const pixels = size * size;
const product = 2 * pixels * channels * channels;

/** What is timed, and its floating-point operations where they are what matters. */
const kernels: readonly (readonly [name: string, run: (x: Inputs) => tf.Tensor, flop?: number])[] = [
  ['1×1 convolution, conv2d', ({ image, pointwise }) => tf.conv2d(image, pointwise, 1, 'same'), product],
  ['1×1 convolution, matMul', ({ matrix, square }) => tf.matMul(matrix, square), product],
  ['3×3 convolution', ({ image, kernel }) => tf.conv2d(image, kernel, 1, 'same'), 9 * product],
  [
    'depthwise 3×3',
    ({ image, depthwise }) => tf.depthwiseConv2d(image, depthwise, 1, 'same'),
    18 * pixels * channels,
  ],
  ['Aᵀ·B by matMul’s flag', ({ matrix }) => tf.matMul(matrix, matrix, true), product],
  ['Aᵀ·B by transpose, matMul', ({ matrix }) => tf.matMul(tf.transpose(matrix), matrix), product],
  ['8 products in a batch', ({ batch, square8 }) => tf.matMul(batch, square8), product],
  ['split in two', ({ wide }) => tf.split(wide, 2, 3)[0] ?? wide],
  ['concat of two', ({ image }) => tf.concat([image, image], 3)],
  ['depthToSpace', ({ image }) => tf.depthToSpace(image, 2)],
  ['pixel shuffle by transpose', ({ six }) => tf.transpose(six, [0, 1, 4, 2, 5, 3])],
  ['erf', ({ image }) => tf.erf(image)],
  ['multiplication', ({ image }) => tf.mul(image, image)],
  ['leakyRelu', ({ image }) => tf.leakyRelu(image, 0.1)],
  ['prelu of constant slope', ({ image, slope }) => tf.prelu(image, slope)],
];

type Inputs = ReturnType<typeof createInputs>;

function createInputs() {
  return {
    image: tf.randomNormal<tf.Rank.R4>([1, size, size, channels]),
    wide: tf.randomNormal<tf.Rank.R4>([1, size, size, 2 * channels]),
    matrix: tf.randomNormal<tf.Rank.R2>([pixels, channels]),
    batch: tf.randomNormal<tf.Rank.R3>([8, pixels / 8, channels]),
    six: tf.randomNormal<tf.Rank.R6>([1, size, size, channels / 4, 2, 2]),
    square: tf.randomNormal<tf.Rank.R2>([channels, channels]),
    square8: tf.randomNormal<tf.Rank.R3>([8, channels, channels]),
    pointwise: tf.randomNormal<tf.Rank.R4>([1, 1, channels, channels]),
    kernel: tf.randomNormal<tf.Rank.R4>([3, 3, channels, channels]),
    depthwise: tf.randomNormal<tf.Rank.R4>([3, 3, channels, 1]),
    slope: tf.fill([channels], 0.1),
  };
}

/** Milliseconds of the fastest of seven runs after a first one that is not counted. */
function fastest(run: () => tf.Tensor): number {
  const times = Array.from({ length: 8 }, () => {
    const start = performance.now();
    tf.tidy(() => {
      // Not returned: tidy would look for tensors in every value of the array.
      run().dataSync();
    });
    return performance.now() - start;
  });
  return Math.min(...times.slice(1));
}

const backend = await wasmBackend.start();
withBackend(backend, () => {
  const inputs = createInputs();
  for (const [name, run, flop] of kernels) {
    const milliseconds = fastest(() => run(inputs));
    const rate = flop === undefined ? '' : `${(flop / milliseconds / 1e6).toFixed(1)} GFLOP/s`;
    console.log(name.padEnd(28), `${milliseconds.toFixed(1)} ms`.padStart(10), rate.padStart(16));
  }
});
