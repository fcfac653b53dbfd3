import type { ParameterScope } from '@diffir/core';
import { image, mean, mul, sub, type Tensor2D, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import { chain } from '../backbone';
import { blockA, blockB, blockC, blockD, blockE } from './blocks';
import { averagePool3, maxPool3, path, shrink } from './branches';

/** Length of the features FID is computed from. */
export const INCEPTION_FEATURES = 2048;
/** Side that pictures are resized to. */
const INCEPTION_SIDE = 299;

export interface InceptionNetwork {
  /**
   * Features `[N,2048]` of a batch `[N,H,W,3]` in [0,1], resized to 299×299 first (bilinear between pixel
   * centres, without antialiasing). The caller disposes them.
   */
  features(x: Tensor4D): Tensor2D;
}

/**
 * The Inception v3 of FID (TensorFlow's of 2015-12-05), as pytorch-fid publishes it, up to its last average
 * pooling. It differs from torchvision's: average pooling leaves out what is beyond the edge, and Mixed_7c
 * pools by maximum.
 */
export function inceptionNetwork(p: ParameterScope): InceptionNetwork {
  const trunk = chain(
    path(
      p,
      3,
      ['Conv2d_1a_3x3', { outputs: 32, kernel: 3, stride: 2, pad: 'valid' }],
      ['Conv2d_2a_3x3', { outputs: 32, kernel: 3, pad: 'valid' }],
      ['Conv2d_2b_3x3', { outputs: 64, kernel: 3 }],
    ),
    shrink,
    path(
      p,
      64,
      ['Conv2d_3b_1x1', { outputs: 80, kernel: 1 }],
      ['Conv2d_4a_3x3', { outputs: 192, kernel: 3, pad: 'valid' }],
    ),
    shrink,
    blockA(p.scope('Mixed_5b'), 192, 32),
    blockA(p.scope('Mixed_5c'), 256, 64),
    blockA(p.scope('Mixed_5d'), 288, 64),
    blockB(p.scope('Mixed_6a'), 288),
    blockC(p.scope('Mixed_6b'), 768, 128),
    blockC(p.scope('Mixed_6c'), 768, 160),
    blockC(p.scope('Mixed_6d'), 768, 160),
    blockC(p.scope('Mixed_6e'), 768, 192),
    blockD(p.scope('Mixed_7a'), 768),
    blockE(p.scope('Mixed_7b'), 1280, averagePool3),
    blockE(p.scope('Mixed_7c'), 2048, maxPool3),
  );
  return {
    features: (x) =>
      tidy((): Tensor2D => {
        const resized = image.resizeBilinear(x, [INCEPTION_SIDE, INCEPTION_SIDE], false, true);
        return mean(trunk(sub(mul(resized, 2), 1)), [1, 2]);
      }),
  };
}
