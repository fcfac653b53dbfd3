import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { TracedValue } from '../trace/traced-graph';
import { type ConstantView, constantView, contiguous, reshapeView, transposeView } from './constant-view';

const values = Float32Array.from({ length: 24 }, (_, index) => index);
const constant: TracedValue = { shape: [2, 3, 4], dtype: 'float32', origin: { kind: 'constant', values } };

function node(kernel: string, x: TracedValue, shape: number[], attributes = {}): TracedValue {
  return {
    shape,
    dtype: 'float32',
    origin: { kind: 'node', output: 0, node: { kernel, inputs: { x }, attributes } },
  };
}

function viewOf(value: TracedValue): ConstantView {
  const view = constantView(value);
  if (view === undefined) throw new Error('no constant');
  return view;
}

describe('constant views', () => {
  it('transpose as TensorFlow.js does', async () => {
    await tf.setBackend('cpu');
    const view = transposeView(viewOf(constant), [2, 0, 1]);
    expect(view.shape).toEqual([4, 2, 3]);
    const expected = tf.tidy(() => tf.transpose(tf.tensor3d(values, [2, 3, 4]), [2, 0, 1]).dataSync());
    expect(contiguous(view)).toEqual(expected);
  });

  it('give back the very array where transpositions cancel', () => {
    const there = node('Transpose', constant, [4, 2, 3], { perm: [2, 0, 1] });
    expect(contiguous(transposeView(viewOf(there), [1, 2, 0]))).toBe(values);
  });

  it('see through reshapings, also of what was transposed', () => {
    const turned = node('Transpose', constant, [3, 2, 4], { perm: [1, 0, 2] });
    const view = viewOf(node('Reshape', turned, [6, 4]));
    expect([...contiguous(view).subarray(0, 8)]).toEqual([0, 1, 2, 3, 12, 13, 14, 15]);
    expect(reshapeView(view, [24]).shape).toEqual([24]);
  });

  it('are not made of what depends on inputs or arithmetic', () => {
    const input: TracedValue = { shape: [2], dtype: 'float32', origin: { kind: 'input', name: 'x' } };
    expect(constantView(input)).toBeUndefined();
    expect(constantView(node('Reshape', input, [1, 2]))).toBeUndefined();
    expect(constantView(node('Square', constant, [2, 3, 4]))).toBeUndefined();
  });
});
