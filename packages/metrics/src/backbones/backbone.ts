import type { ParameterScope } from '@diffir/core';
import { type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import type { Stage } from './convolution';

/** A network whose inner activations are compared. */
export interface Backbone {
  /** Channels of each activation that `features` returns. */
  readonly channels: readonly number[];
  /** The shortest side of a picture that leaves something behind every pooling. */
  readonly smallestSide: number;
  /**
   * Activations of a normalised batch `[N,H,W,3]`, from shallow to deep. The caller disposes them.
   */
  features(x: Tensor4D): Tensor4D[];
}

/** Declares a backbone's parameters, under torchvision's names, in a scope. */
export type BackboneBuilder = (p: ParameterScope) => Backbone;

/** Runs stages one behind the other and keeps what each returns. */
export function runStages(stages: readonly Stage[], x: Tensor4D): Tensor4D[] {
  const outputs: Tensor4D[] = [];
  for (const stage of stages) {
    const input = outputs.at(-1) ?? x;
    outputs.push(tidy(() => stage(input)));
  }
  return outputs;
}

/** Stages as one; what lies between them is freed. */
export function chain(...stages: readonly Stage[]): Stage {
  return (x) => tidy(() => stages.reduce((value, stage) => stage(value), x));
}
