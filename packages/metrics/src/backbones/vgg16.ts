import type { ParameterScope } from '@diffir/core';
import type { Backbone, BackboneBuilder } from './backbone';
import { chain, runStages } from './backbone';
import { convolutionRelu, type Stage } from './convolution';
import { maxPoolFloor } from './max-pool';

/** Index of each group's first convolution among `features.*`, channels in and out, and how many there are. */
const groups = [
  { first: 0, inputs: 3, outputs: 64, count: 2 },
  { first: 5, inputs: 64, outputs: 128, count: 2 },
  { first: 10, inputs: 128, outputs: 256, count: 3 },
  { first: 17, inputs: 256, outputs: 512, count: 3 },
  { first: 24, inputs: 512, outputs: 512, count: 3 },
] as const;

/**
 * VGG16 as torchvision has it (Simonyan and Zisserman 2015), `features.*`: behind the ReLU of conv1_2,
 * conv2_2, conv3_3, conv4_3 and conv5_3.
 */
export const vgg16: BackboneBuilder = (p) => vgg16Pooling(p, maxPoolFloor(2, 2));

/** VGG16 with another way to halve the size between its groups. */
export function vgg16Pooling(p: ParameterScope, pool: Stage): Backbone {
  const stages = groups.map(({ first, inputs, outputs, count }, group) => {
    const convolutions = Array.from({ length: count }, (_, index) =>
      convolutionRelu(p.scope(`features.${first + 2 * index}`), {
        inputs: index === 0 ? inputs : outputs,
        outputs,
        kernel: 3,
        padding: 1,
      }),
    );
    return group === 0 ? chain(...convolutions) : chain(pool, ...convolutions);
  });
  return {
    channels: groups.map(({ outputs }) => outputs),
    smallestSide: 16,
    features: (x) => runStages(stages, x),
  };
}
