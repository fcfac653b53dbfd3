import type { PointwiseConvParameters } from '../ops/pointwise-conv';
import { fanInUniform } from './initializer';
import type { LayerSize } from './layer';
import { mapTuple, type SameLength } from './map-tuple';
import type { Parameter, ParameterScope, Partition } from './parameter-scope';

/** The parameters of a 1×1 convolution, for an op to compute with. */
export interface PointwiseLayer {
  /** The current values. */
  parameters(): PointwiseConvParameters;
  /** Multiply–accumulates over this many pixels. */
  macs(pixels: number): number;
}

/** The parameters of a 1×1 convolution. */
export function pointwise(p: ParameterScope, size: LayerSize): PointwiseLayer {
  return toLayer(p.get('weight', weightOf(size)), size.bias ? p.get('bias', biasOf(size)) : undefined);
}

/** A 1×1 convolution as one layer for each run of its output channels. */
export function pointwiseByOutputs<const S extends readonly number[]>(
  p: ParameterScope,
  size: LayerSize,
  sizes: S,
): SameLength<S, PointwiseLayer> {
  const partition: Partition<S> = { axis: 0, sizes };
  const weights = p.getParts('weight', weightOf(size), partition);
  const biases: readonly Parameter<'vector'>[] = size.bias ? p.getParts('bias', biasOf(size), partition) : [];
  return mapTuple(weights, (weight, part) => toLayer(weight, biases[part]));
}

/**
 * A 1×1 convolution over concatenated inputs as one layer for each of them, to be summed instead of
 * concatenating; the first carries the bias.
 */
export function pointwiseByInputs<const S extends readonly number[]>(
  p: ParameterScope,
  size: LayerSize,
  sizes: S,
): SameLength<S, PointwiseLayer> {
  const weights = p.getParts('weight', weightOf(size), { axis: 1, sizes });
  const bias = size.bias ? p.get('bias', biasOf(size)) : undefined;
  return mapTuple(weights, (weight, part) => toLayer(weight, part === 0 ? bias : undefined));
}

function weightOf({ inputs, outputs }: LayerSize) {
  const initializer = fanInUniform(inputs);
  return { layout: 'pointwise', shape: [outputs, inputs, 1, 1], initializer } as const;
}

function biasOf({ inputs, outputs }: LayerSize) {
  return { layout: 'vector', shape: [outputs], initializer: fanInUniform(inputs) } as const;
}

function toLayer(weight: Parameter<'pointwise'>, bias: Parameter<'vector'> | undefined): PointwiseLayer {
  return {
    parameters: () => ({ weight: weight.tensor, ...(bias && { bias: bias.tensor }) }),
    macs: (pixels) => weight.size * pixels,
  };
}
