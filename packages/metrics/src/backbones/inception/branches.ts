import type { ParameterScope } from '@diffir/core';
import { avgPool, concat, maxPool, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import { chain } from '../backbone';
import type { Stage } from '../convolution';
import { type NormalizedConvolutionSize, normalizedConvolution } from './normalized-convolution';

/** A convolution of a branch: its name, then its size without the inputs, which the one before it settles. */
export type Step = readonly [name: string, size: Omit<NormalizedConvolutionSize, 'inputs'>];

/** Convolutions one behind the other. */
export function path(p: ParameterScope, inputs: number, ...steps: readonly Step[]): Stage {
  let channels = inputs;
  const stages = steps.map(([name, size]) => {
    const stage = normalizedConvolution(p.scope(name), { inputs: channels, ...size });
    channels = size.outputs;
    return stage;
  });
  return chain(...stages);
}

/** Branches over the same input, their channels side by side. */
export function sideBySide(...branches: readonly Stage[]): Stage {
  return (x) =>
    tidy(
      (): Tensor4D =>
        concat(
          branches.map((branch) => branch(x)),
          3,
        ),
    );
}

/** Mean over 3×3 at stride 1; over the edge only what is inside counts, as in TensorFlow. */
export const averagePool3: Stage = (x) => avgPool(x, 3, 1, 'same');

/** Maximum over 3×3 at stride 1. */
export const maxPool3: Stage = (x) => maxPool(x, 3, 1, 'same');

/** Maximum over 3×3 at stride 2, whole windows only. */
export const shrink: Stage = (x) => maxPool(x, 3, 2, 'valid');
