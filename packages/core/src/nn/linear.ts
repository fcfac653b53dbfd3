import type { Tensor2D } from '@tensorflow/tfjs-core';
import { multiplyWithBias } from '../ops/multiply-with-bias';
import { fanInUniform } from './initializer';
import type { LayerSize } from './layer';
import type { ParameterScope } from './parameter-scope';

/** A layer over vectors, `[N,inputs]` to `[N,outputs]`. */
export interface VectorLayer {
  forward(x: Tensor2D): Tensor2D;
  /** Multiply–accumulates of one vector. */
  readonly macs: number;
}

/** A fully connected layer. */
export function linear(p: ParameterScope, { inputs, outputs, bias }: LayerSize): VectorLayer {
  const initializer = fanInUniform(inputs);
  const weight = p.get('weight', { layout: 'linear', shape: [outputs, inputs], initializer });
  const offset = bias ? p.get('bias', { layout: 'vector', shape: [outputs], initializer }) : undefined;
  return {
    forward: (x) => multiplyWithBias(x, weight.tensor, offset?.tensor),
    macs: inputs * outputs,
  };
}
