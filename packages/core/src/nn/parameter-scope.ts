import type { Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Initializer } from './initializer';
import type { ParameterLayout } from './layout';
import type { SameLength } from './map-tuple';

/** The tensor a parameter of each layout lies in at run time. */
export interface LayoutTensors {
  readonly conv: Tensor4D;
  readonly depthwise: Tensor4D;
  readonly pointwise: Tensor2D;
  readonly linear: Tensor2D;
  readonly vector: Tensor1D;
}

/** A parameter as its network declares it. */
export interface ParameterDeclaration<L extends ParameterLayout = ParameterLayout> {
  readonly layout: L;
  /** The shape it has in a checkpoint. */
  readonly shape: readonly number[];
  /** How fresh training starts it. */
  readonly initializer: Initializer;
}

/** How a parameter is cut into pieces, so that nothing of image size is ever split at run time. */
export interface Partition<S extends readonly number[] = readonly number[]> {
  /** Published axis it is cut along: 0 = outputs, 1 = inputs. */
  readonly axis: 0 | 1;
  /** Lengths of the pieces along that axis. */
  readonly sizes: S;
}

/** A declared parameter, or a piece of one. */
export interface Parameter<L extends ParameterLayout = ParameterLayout> {
  /** Its full published name. */
  readonly name: string;
  /** Number of values. */
  readonly size: number;
  /** Its current value; throws before parameters are loaded or initialised. */
  readonly tensor: LayoutTensors[L];
}

/** Where a network declares its parameters, under their published names. */
export interface ParameterScope {
  /** The scope of a submodule: names below it get `name.` in front. */
  scope(name: string): ParameterScope;
  /** Declares a parameter and returns a handle on its value. */
  get<L extends ParameterLayout>(name: string, declaration: ParameterDeclaration<L>): Parameter<L>;
  /** Declares a parameter held in pieces and returns a handle on each. */
  getParts<L extends ParameterLayout, const S extends readonly number[]>(
    name: string,
    declaration: ParameterDeclaration<L>,
    partition: Partition<S>,
  ): SameLength<S, Parameter<L>>;
}
