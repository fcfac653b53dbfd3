import type { Tensor } from '@tensorflow/tfjs-core';

/** A tensor's values: on this backend its own array, without a copy. */
export function float32Values(tensor: Tensor): Float32Array {
  const values = tensor.dataSync();
  return values instanceof Float32Array ? values : Float32Array.from(values);
}
