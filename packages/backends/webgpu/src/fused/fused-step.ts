/** Bytes that one dispatch moves. */
export interface Traffic {
  /** Of its inputs, each value it needs counted once. */
  readonly read: number;
  /** Of its output. */
  readonly written: number;
}

/**
 * One dispatch of a fused kernel, worked out from sizes alone: what runs, over how many workgroups, and
 * what it moves. Nothing in it belongs to a device, so it can be counted and tested without one.
 */
export interface FusedStep {
  readonly name: string;
  /** What is baked into the code: another value is another pipeline. */
  readonly constants: Readonly<Record<string, number | string | boolean>>;
  /** The inputs' names in the code, with the number of values each of their elements holds. */
  readonly inputs: readonly StepInput[];
  /** Integers handed over at each call, as `uniforms.<name>`. */
  readonly uniforms: Readonly<Record<string, number>>;
  readonly output: { readonly size: number; readonly components: Components };
  readonly workgroupSize: number;
  readonly workgroups: readonly [number, number, number];
  /**
   * WGSL with a `fn main(index : i32)`, asked for when there is no pipeline yet; directives it begins with
   * are moved to the shader's top.
   */
  readonly code: () => string;
  readonly traffic: Traffic;
}

/** Values in one element of a storage buffer: a number, or a vector of four. */
export type Components = 1 | 4;

export interface StepInput {
  readonly name: string;
  readonly components: Components;
}

/** Bytes of this many float32 values. */
export function bytesOf(values: number): number {
  return values * Float32Array.BYTES_PER_ELEMENT;
}

/** The smallest multiple of `step` that is no smaller than `value`. */
export function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}

/** How many values elements may hold so that every run of `lengths` values is made of whole elements. */
export function componentsFor(...lengths: readonly number[]): Components {
  return lengths.every((length) => length % 4 === 0) ? 4 : 1;
}

/** WebGPU's limit on workgroups in one dimension, on every device. */
const MAX_WORKGROUPS = 65_535;

/** `count` workgroups, or somewhat more, over two dimensions; `[x, y]` stands for number x + y·(size of x). */
export function spread(count: number): readonly [number, number] {
  const rows = Math.ceil(count / MAX_WORKGROUPS);
  return [Math.ceil(count / rows), rows];
}
