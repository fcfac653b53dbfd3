import { reshape, type Tensor, tensor, tidy, transpose } from '@tensorflow/tfjs-core';

/**
 * How a published (PyTorch) parameter is laid out and how it lies in TensorFlow.js:
 * - `conv`       [O,I,kH,kW] → [kH,kW,I,O]
 * - `depthwise`  [C,1,kH,kW] → [kH,kW,C,1]
 * - `pointwise`  [O,I,1,1]   → [I,O]
 * - `linear`     [O,I]       → [I,O]
 * - `vector`     any shape   → [values]
 */
export type ParameterLayout = 'conv' | 'depthwise' | 'pointwise' | 'linear' | 'vector';

/** A TensorFlow.js tensor from a published parameter's values. The caller disposes it. */
export function toTensorLayout(
  values: Float32Array,
  shape: readonly number[],
  layout: ParameterLayout,
): Tensor {
  return tidy(() => {
    switch (layout) {
      case 'conv':
        return transpose(tensor(values, [...shape]), [2, 3, 1, 0]);
      case 'depthwise':
        return transpose(tensor(values, [...shape]), [2, 3, 0, 1]);
      case 'pointwise':
      case 'linear':
        return transpose(tensor(values, [shape[0] ?? 1, shape[1] ?? 1]));
      case 'vector':
        return tensor(values, [values.length]);
    }
  });
}

/** The published form of a TensorFlow.js tensor: the inverse of `toTensorLayout`. The caller disposes it. */
export function toPublishedLayout(value: Tensor, shape: readonly number[], layout: ParameterLayout): Tensor {
  return tidy(() => reshape(transposeBack(value, layout), [...shape]));
}

function transposeBack(value: Tensor, layout: ParameterLayout): Tensor {
  switch (layout) {
    case 'conv':
      return transpose(value, [3, 2, 0, 1]);
    case 'depthwise':
      return transpose(value, [2, 3, 0, 1]);
    case 'pointwise':
    case 'linear':
      return transpose(value);
    case 'vector':
      return value;
  }
}
