import { conv3x3, fillHole, nearestUpsample, type ParameterScope, pixelShuffle } from '@diffir/core';
import { add, slice, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import type { DIRformerOptions } from './options';

/** What turns refined features into the picture. */
export interface HeadLayer {
  /** @param features `[N,h,w,2d]` @param start what a residual head adds to: the LQ image, its hole filled */
  forward(features: Tensor4D, start: Tensor4D): Tensor4D;
  /** Multiply–accumulates over this many pixels of the features. */
  macs(pixels: number): number;
}

/** The head that `options.head` asks for. */
export function headLayer(p: ParameterScope, options: DIRformerOptions): HeadLayer {
  return options.head.kind === 'upsample'
    ? upsamplingHead(p, options, options.head.scale)
    : plainHead(p, options);
}

/** The image of an inpainting network's input `[N,H,W,C+1]`, with the hole that its last channel marks filled. */
export function filledImage(lq: Tensor4D): Tensor4D {
  return tidy(() => {
    const [, , , channels] = lq.shape;
    const image = slice(lq, [0, 0, 0, 0], [-1, -1, -1, channels - 1]);
    return fillHole(image, slice(lq, [0, 0, 0, channels - 1], [-1, -1, -1, 1]));
  });
}

/** conv3×3 to the picture; plus the image it starts from, unless the head is direct. */
function plainHead(p: ParameterScope, { dim, outputChannels, bias, head }: DIRformerOptions): HeadLayer {
  const output = conv3x3(p.scope('output'), { inputs: 2 * dim, outputs: outputChannels, bias });
  return {
    forward: (features, start) =>
      tidy(() => {
        const picture = output.forward(features);
        return head.kind === 'direct' ? picture : add(picture, start);
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
