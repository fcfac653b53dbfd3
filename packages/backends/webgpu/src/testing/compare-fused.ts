import {
  createRandomSource,
  type DynamicBranchParameters,
  dynamicAttention,
  dynamicFeedForward,
  type LayerNormKind,
  type ModulatedNormParameters,
  type RunningBackend,
  readTensor,
  withBackend,
} from '@diffir/core';
import * as tf from '@tensorflow/tfjs';

/** Half a dynamic block at some size. */
export interface FusedCase {
  readonly half: 'attention' | 'feedForward';
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly heads: number;
  readonly hidden: number;
  readonly kind: LayerNormKind;
  readonly bias: boolean;
}

const IPR_SIZE = 256;

/**
 * Largest difference between the fused kernel on a backend and the composition on TensorFlow.js's cpu
 * backend, over the largest value of what the half block adds to its input.
 */
export async function compareFused(backend: RunningBackend, options: FusedCase): Promise<number> {
  const onGpu = withBackend(backend, () => tf.tidy(() => change(options)));
  const actual = await readTensor(backend, onGpu);
  onGpu.dispose();
  await tf.setBackend('cpu');
  const expected = tf.tidy(() => change(options).dataSync<'float32'>());
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const error = expected.reduce((most, value, i) => {
    const difference = Math.abs(value - (actual[i] ?? Number.NaN));
    return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(most, difference);
  }, 0);
  return error / largest;
}

/** What the half block adds to its input. */
function change(options: FusedCase): tf.Tensor {
  const { batch, height, width, channels, heads, hidden, kind, bias } = options;
  const values = valueSource(7);
  // Off centre, as features are: their mean must not cost precision.
  const x = tf.add(values<tf.Tensor4D>([batch, height, width, channels]), 0.5) as tf.Tensor4D;
  const ipr = values<tf.Tensor2D>([batch, IPR_SIZE]);
  const input: ModulatedNormParameters = {
    norm: {
      kind,
      weight: tf.add(values<tf.Tensor1D>([channels], 0.5), 1),
      ...(kind === 'WithBias' && { bias: values<tf.Tensor1D>([channels], 0.2) }),
    },
    scale: values([IPR_SIZE, channels], 0.1),
    shift: values([IPR_SIZE, channels], 0.1),
  };
  const branch = (outputs: number): DynamicBranchParameters => ({
    pointwise: layer(channels, outputs),
    depthwise: { filter: values([3, 3, outputs, 1], 0.5), ...(bias && { bias: values([outputs], 0.5) }) },
  });
  const layer = (inputs: number, outputs: number) => ({
    weight: values<tf.Tensor2D>([inputs, outputs], Math.sqrt(3 / inputs)),
    ...(bias && { bias: values<tf.Tensor1D>([outputs], 0.5) }),
  });
  const result =
    options.half === 'attention'
      ? dynamicAttention(x, ipr, {
          input,
          q: branch(channels),
          k: branch(channels),
          v: branch(channels),
          temperature: tf.add(values<tf.Tensor1D>([heads]), 2),
          projection: layer(channels, channels),
        })
      : dynamicFeedForward(x, ipr, {
          input,
          gate: branch(hidden),
          value: branch(hidden),
          projection: layer(hidden, channels),
        });
  return tf.sub(result, x);
}

/** Tensors of repeatable values between -bound and bound. */
function valueSource(seed: number) {
  const random = createRandomSource(seed);
  return <T extends tf.Tensor>(shape: number[], bound = 1): T => {
    const size = shape.reduce((product, length) => product * length, 1);
    return tf.tensor(
      Float32Array.from({ length: size }, () => bound * (2 * random() - 1)),
      shape,
    ) as T;
  };
}
