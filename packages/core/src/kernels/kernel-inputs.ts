import { type NamedTensorInfoMap, Tensor } from '@tensorflow/tfjs-core';
import { DiffIRError } from '../errors/diffir-error';

/**
 * An input of a kernel as a tensor, for kernels that are composed of other ops.
 * @throws DiffIRError when the engine hands over anything else, which it does not within one copy of
 * TensorFlow.js
 */
export function inputTensor(inputs: NamedTensorInfoMap, name: string): Tensor {
  const input = inputs[name];
  if (input instanceof Tensor) return input;
  throw new DiffIRError({ subject: name, problem: 'the kernel was called without this tensor' });
}
