import { conv3x3, type ParameterScope, type PixelLayer, pixelShuffle, pixelUnshuffle } from '@diffir/core';
import { tidy } from '@tensorflow/tfjs-core';

/** Halves the size and doubles the channels: conv3×3 c→c/2 without bias, pixel-unshuffle by 2. */
export function downsample(p: ParameterScope, channels: number): PixelLayer {
  const conv = conv3x3(p.scope('body.0'), { inputs: channels, outputs: channels / 2, bias: false });
  return { forward: (x) => tidy(() => pixelUnshuffle(conv.forward(x), 2)), macs: conv.macs };
}

/** Doubles the size and halves the channels: conv3×3 c→2c without bias, pixel-shuffle by 2. */
export function upsample(p: ParameterScope, channels: number): PixelLayer {
  const conv = conv3x3(p.scope('body.0'), { inputs: channels, outputs: 2 * channels, bias: false });
  return { forward: (x) => tidy(() => pixelShuffle(conv.forward(x), 2)), macs: conv.macs };
}
