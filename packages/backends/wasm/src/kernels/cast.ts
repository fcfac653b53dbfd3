import { inputTensor } from '@diffir/core';
import type { KernelFunc } from '@tensorflow/tfjs-core';
import { identity } from './identity';

/** A conversion to the type that a tensor has already is no copy; gradients ask for many. */
export function cast(original: KernelFunc): KernelFunc {
  return (call) =>
    inputTensor(call.inputs, 'x').dtype === call.attrs?.dtype ? identity(call) : original(call);
}
