import type { LayerNormKind } from '@diffir/core';
import type { NamedAttrMap, NamedTensorInfoMap } from '@tensorflow/tfjs-core';
import type { HalfBlockSizes } from './half-block-sizes';
import { imageShape, lastDimension, requireInput } from './kernel-inputs';

/** Inputs of `prepareStep`, by the names that the ops give them. */
export const preparedInputs = ['x', 'ipr', 'scale', 'shift', 'normWeight', 'normBias'] as const;

/** Reads the sizes of half a dynamic block off the inputs of its op; `branch` is the name of a branch. */
export function halfBlockSizes(
  inputs: NamedTensorInfoMap,
  attributes: NamedAttrMap | undefined,
  branch: 'q' | 'gate',
): HalfBlockSizes {
  const [images, height, width, channels] = imageShape(requireInput(inputs, 'x'));
  const has = (name: string) => inputs[name] !== undefined;
  return {
    images,
    height,
    width,
    channels,
    iprSize: lastDimension(requireInput(inputs, 'ipr')),
    kind: readKind(attributes),
    biases: {
      norm: has('normBias'),
      pointwise: has(`${branch}Bias`),
      depthwise: has(`${branch}FilterBias`),
      projection: has('projectionBias'),
    },
  };
}

function readKind(attributes: NamedAttrMap | undefined): LayerNormKind {
  return attributes?.kind === 'BiasFree' ? 'BiasFree' : 'WithBias';
}
