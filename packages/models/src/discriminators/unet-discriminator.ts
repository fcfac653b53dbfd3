import type { ParameterScope } from '@diffir/core';
import { add, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import { bilinearDouble } from './bilinear-double';
import { activate, convolution } from './convolution';
import type { Discriminator } from './discriminator';
import { spectralConvolution } from './spectral-convolution';

export interface UNetDiscriminatorOptions {
  readonly inputChannels?: number;
  /** Channels of the first level; 2, 4 and 8 times as many below. */
  readonly features?: number;
}

/**
 * The U-Net discriminator with spectral normalisation of Real-ESRGAN (arXiv 2107.10833 §3.4): a score for each
 * pixel. Height and width must be multiples of 8. Published names `conv0` to `conv9`.
 */
export function unetDiscriminator(p: ParameterScope, options: UNetDiscriminatorOptions = {}): Discriminator {
  const { inputChannels = 3, features: d = 64 } = options;
  const down = (index: number, inputs: number) =>
    spectralConvolution(p.scope(`conv${index}`), {
      inputs,
      outputs: 2 * inputs,
      kernel: 4,
      stride: 2,
      padding: 1,
    });
  const even = (index: number, inputs: number, outputs: number) =>
    spectralConvolution(p.scope(`conv${index}`), { inputs, outputs, kernel: 3, stride: 1, padding: 1 });
  const same = { kernel: 3, stride: 1, padding: 1 };

  const first = convolution(p.scope('conv0'), { inputs: inputChannels, outputs: d, ...same });
  const downs = [down(1, d), down(2, 2 * d), down(3, 4 * d)] as const;
  const ups = [even(4, 8 * d, 4 * d), even(5, 4 * d, 2 * d), even(6, 2 * d, d)] as const;
  const extra = [even(7, d, d), even(8, d, d)] as const;
  const last = convolution(p.scope('conv9'), { inputs: d, outputs: 1, ...same });
  const spectral = [...downs, ...ups, ...extra];

  return {
    judge(picture) {
      const levels = [activate(first(picture))];
      for (const layer of downs) levels.push(activate(layer.forward(levels[levels.length - 1] ?? picture)));
      // Up again, joined by the features of the same size on the way down.
      const [top, ...skips] = [...levels].reverse();
      const joined = ups.reduce(
        (x, layer, index) => join(activate(layer.forward(bilinearDouble(x))), skips[index]),
        top ?? picture,
      );
      const refined = extra.reduce((x, layer) => activate(layer.forward(x)), joined);
      return { score: last(refined), features: levels };
    },
    advance: () => tidy(() => Object.assign({}, ...spectral.map((layer) => layer.advance()))),
    trains: (name) => !name.endsWith('.weight_u') && !name.endsWith('.weight_v'),
  };
}

function join(x: Tensor4D, skip: Tensor4D | undefined): Tensor4D {
  return skip === undefined ? x : add(x, skip);
}
