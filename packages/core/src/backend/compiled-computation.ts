import type { Tensor } from '@tensorflow/tfjs-core';

/** A tensor's values outside of any backend, row-major. */
export interface PlainTensor {
  readonly values: Float32Array;
  readonly shape: readonly number[];
}

/** Tensors by name. */
export interface NamedTensors {
  readonly [name: string]: Tensor;
}

/** A pure function of tensors: what it does may depend on their shapes, never on their values. */
export type Computation = (inputs: NamedTensors) => Tensor;

/** A computation that a backend has made ready as a whole. */
export interface CompiledComputation {
  /**
   * Computes; the first time for inputs of given shapes also compiles.
   * @throws OutOfMemoryError when memory does not suffice
   * @throws ModelUseError naming an op that the backend cannot compile
   */
  run(inputs: { readonly [name: string]: PlainTensor }): Promise<Float32Array>;
  /**
   * Checks without computing that it could be compiled for inputs of these shapes.
   * @throws ModelUseError naming an op that the backend cannot compile
   */
  check(shapes: { readonly [name: string]: readonly number[] }): void;
  /** Frees what was compiled. */
  dispose(): void;
}
