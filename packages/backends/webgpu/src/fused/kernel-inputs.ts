import { DiffIRError } from '@diffir/core';
import type { NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';

/** The input of that name. */
export function requireInput(inputs: NamedTensorInfoMap, name: string): TensorInfo {
  const input = inputs[name];
  if (input !== undefined) return input;
  throw new DiffIRError({
    subject: 'webgpu',
    problem: `a kernel was called without its input ${name}`,
    remedy: 'call it through the op of @diffir/core',
  });
}

/** Those of the inputs that are there, in this order. */
export function presentInputs(inputs: NamedTensorInfoMap, names: readonly string[]): readonly TensorInfo[] {
  return names.flatMap((name) => inputs[name] ?? []);
}

/** The dimensions `[N,H,W,C]` of an image tensor. */
export function imageShape({ shape }: TensorInfo): readonly [number, number, number, number] {
  const [images = 1, height = 1, width = 1, channels = 1] = shape;
  return [images, height, width, channels];
}

/** The last dimension of a tensor. */
export function lastDimension({ shape }: TensorInfo): number {
  return shape[shape.length - 1] ?? 1;
}
