import type { ParameterScope } from '@diffir/core';
import { add, mean, mul, rsqrt, square, sub, type Tensor4D } from '@tensorflow/tfjs-core';
import { activate, convolution, type Layer } from './convolution';
import type { Discriminator } from './discriminator';

export interface PatchDiscriminatorOptions {
  readonly inputChannels?: number;
  /** Channels of the first layer; doubled by each further one, up to 512. */
  readonly features?: number;
  /** Layers that halve the size. */
  readonly layers?: number;
}

const MOST_FEATURES = 512;
const KERNEL = 4;
/** As pix2pixHD has it: half the kernel, rounded up. */
const PADDING = 2;

/**
 * The N-layer PatchGAN discriminator of pix2pixHD, as LaMa trains against it: each score judges a patch.
 * Published names `model0` to `model5` for four layers. Batch normalisation always takes the statistics of
 * the batch at hand, as in training, which is all that a discriminator is for.
 */
export function patchDiscriminator(
  p: ParameterScope,
  options: PatchDiscriminatorOptions = {},
): Discriminator {
  const { inputChannels = 3, features = 64, layers = 4 } = options;
  const size = { kernel: KERNEL, padding: PADDING };
  const widths = Array.from({ length: layers + 1 }, (_, index) =>
    Math.min(features * 2 ** index, MOST_FEATURES),
  );
  const [firstWidth = features] = widths;

  const first = convolution(p.scope('model0.0'), {
    inputs: inputChannels,
    outputs: firstWidth,
    stride: 2,
    ...size,
  });
  const inner = widths.slice(1).map((outputs, index) => {
    const scope = p.scope(`model${index + 1}`);
    const stride = index + 1 < layers ? 2 : 1;
    const conv = convolution(scope.scope('0'), {
      inputs: widths[index] ?? firstWidth,
      outputs,
      stride,
      ...size,
    });
    const normalize = batchNorm(scope.scope('1'), outputs);
    return (x: Tensor4D) => activate(normalize(conv(x)));
  });
  const widest = widths[layers] ?? firstWidth;
  const last = convolution(p.scope(`model${layers + 1}.0`), {
    inputs: widest,
    outputs: 1,
    stride: 1,
    ...size,
  });

  return {
    judge(picture) {
      const activations = [activate(first(picture))];
      for (const layer of inner) activations.push(layer(activations[activations.length - 1] ?? picture));
      return { score: last(activations[activations.length - 1] ?? picture), features: activations };
    },
    advance: () => ({}),
    trains: () => true,
  };
}

const EPSILON = 1e-5;

/** Batch normalisation over images and pixels, with the batch's own mean and biased variance. */
function batchNorm(p: ParameterScope, channels: number): Layer {
  const shape = [channels];
  const weight = p.get('weight', { layout: 'vector', shape, initializer: { kind: 'constant', value: 1 } });
  const bias = p.get('bias', { layout: 'vector', shape, initializer: { kind: 'constant', value: 0 } });
  return (x) => {
    const centred: Tensor4D = sub(x, mean(x, [0, 1, 2], true));
    const scale = mul(rsqrt(add(mean(square(centred), [0, 1, 2], true), EPSILON)), weight.tensor);
    return add(mul(centred, scale), bias.tensor);
  };
}
