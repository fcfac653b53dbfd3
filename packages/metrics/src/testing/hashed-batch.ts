import { type Tensor4D, tensor4d } from '@tensorflow/tfjs';
import { hashedValues } from './hashed-weights';

type Shape = [count: number, height: number, width: number, channels: number];

/** A batch in [0,1) that any language can make again, see `hashedWeights`. */
export function hashedBatch(name: string, shape: Shape): Tensor4D {
  return tensor4d(Float32Array.from(hashedValues(name, product(shape))), shape);
}

/** A batch and one that differs from it: 0.7 of it and 0.3 of another. */
export function hashedPair(shape: Shape): { readonly reference: Tensor4D; readonly restored: Tensor4D } {
  const reference = Float32Array.from(hashedValues('reference', product(shape)));
  const other = Float32Array.from(hashedValues('restored', product(shape)));
  const restored = reference.map((value, index) => 0.7 * value + 0.3 * (other[index] ?? 0));
  return { reference: tensor4d(reference, shape), restored: tensor4d(restored, shape) };
}

function product(shape: readonly number[]): number {
  return shape.reduce((count, length) => count * length, 1);
}
