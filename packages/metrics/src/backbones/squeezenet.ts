import type { ParameterScope } from '@diffir/core';
import { concat, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import type { BackboneBuilder } from './backbone';
import { chain, runStages } from './backbone';
import { convolutionRelu, type Stage } from './convolution';
import { maxPoolCeil } from './max-pool';

/**
 * SqueezeNet 1.1 as torchvision has it (Iandola et al. 2016), `features.*`: behind the first convolution
 * and behind the fire modules 4, 7, 9, 10, 11 and 12, as LPIPS takes them.
 */
export const squeezeNet: BackboneBuilder = (p) => {
  const fireAt = (index: number, inputs: number, squeezed: number, expanded: number) =>
    fire(p.scope(`features.${index}`), inputs, squeezed, expanded);
  const pool = maxPoolCeil(3, 2);
  const stages = [
    convolutionRelu(p.scope('features.0'), { inputs: 3, outputs: 64, kernel: 3, stride: 2 }),
    chain(pool, fireAt(3, 64, 16, 64), fireAt(4, 128, 16, 64)),
    chain(pool, fireAt(6, 128, 32, 128), fireAt(7, 256, 32, 128)),
    chain(pool, fireAt(9, 256, 48, 192)),
    fireAt(10, 384, 48, 192),
    fireAt(11, 384, 64, 256),
    fireAt(12, 512, 64, 256),
  ];
  return {
    channels: [64, 128, 256, 384, 384, 512, 512],
    smallestSide: 17,
    features: (x) => runStages(stages, x),
  };
};

/** 1×1 to few channels, then 1×1 and 3×3 side by side. */
function fire(p: ParameterScope, inputs: number, squeezed: number, expanded: number): Stage {
  const squeeze = convolutionRelu(p.scope('squeeze'), { inputs, outputs: squeezed, kernel: 1 });
  const size = { inputs: squeezed, outputs: expanded };
  const narrow = convolutionRelu(p.scope('expand1x1'), { ...size, kernel: 1 });
  const wide = convolutionRelu(p.scope('expand3x3'), { ...size, kernel: 3, padding: 1 });
  return (x) =>
    tidy((): Tensor4D => {
      const few = squeeze(x);
      return concat([narrow(few), wide(few)], 3);
    });
}
