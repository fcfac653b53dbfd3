import { conv3x3, nearestUpsample, type ParameterScope, pixelShuffle } from '@diffir/core';
import { add, type Tensor4D, tidy } from '@tensorflow/tfjs';
import type { DIRformerOptions } from './options';

/** What turns refined features into the picture. */
export interface HeadLayer {
  /** @param features `[N,h,w,2d]` @param lq the network's input, `[N,H,W,Cin]` */
  forward(features: Tensor4D, lq: Tensor4D): Tensor4D;
  /** Multiply–accumulates over this many pixels of the features. */
  macs(pixels: number): number;
}

/** The head that `options.head` asks for. */
export function headLayer(p: ParameterScope, options: DIRformerOptions): HeadLayer {
  return options.head.kind === 'upsample'
    ? upsamplingHead(p, options, options.head.scale)
    : plainHead(p, options);
}

/** conv3×3 to the picture; plus the LQ image for the residual head. */
function plainHead(p: ParameterScope, { dim, outputChannels, bias, head }: DIRformerOptions): HeadLayer {
  const output = conv3x3(p.scope('output'), { inputs: 2 * dim, outputs: outputChannels, bias });
  return {
    forward: (features, lq) =>
      tidy(() => {
        const picture = output.forward(features);
        return head.kind === 'residual' ? add(picture, lq) : picture;
      }),
    macs: output.macs,
  };
}

/** Two times (conv3×3 2d→8d, pixel-shuffle 2), conv3×3 to the picture, plus the enlarged LQ image. */
function upsamplingHead(p: ParameterScope, options: DIRformerOptions, scale: number): HeadLayer {
  const { dim, outputChannels } = options;
  const widen = { inputs: 2 * dim, outputs: 8 * dim, bias: true };
  const first = conv3x3(p.scope('tail.0.0'), widen);
  const second = conv3x3(p.scope('tail.0.2'), widen);
  const last = conv3x3(p.scope('tail.1'), { inputs: 2 * dim, outputs: outputChannels, bias: true });
  return {
    forward(features, lq) {
      const doubled = tidy(() => pixelShuffle(first.forward(features), 2));
      const quadrupled = tidy(() => pixelShuffle(second.forward(doubled), 2));
      doubled.dispose();
      const picture = tidy(() => add(last.forward(quadrupled), nearestUpsample(lq, scale)));
      quadrupled.dispose();
      return picture as Tensor4D;
    },
    macs: (pixels) => first.macs(pixels) + second.macs(4 * pixels) + last.macs(16 * pixels),
  };
}
