import { DiffIRError } from '@diffir/core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { asWasm } from './heap-view';

/** An output tensor and the arrays to compute it with. */
export interface HeapCall<I extends readonly TensorInfo[]> {
  readonly output: TensorInfo;
  readonly values: Float32Array;
  readonly inputs: { readonly [K in keyof I]: Float32Array };
}

/**
 * Allocates an output and gives the float32 values of output and inputs where they lie in WebAssembly's
 * memory, without copies. The arrays hold only until something else is allocated.
 */
export function onHeap<const I extends readonly TensorInfo[]>(
  backend: object,
  shape: readonly number[],
  inputs: I,
): HeapCall<I> {
  const wasm = asWasm(backend);
  // First of all: growing the memory would detach arrays made earlier.
  const output = wasm.makeOutput([...shape], 'float32');
  const arrays = [output, ...inputs].map((info) => asFloat32(wasm.typedArrayFromHeap(info)));
  const [values = new Float32Array(0), ...rest] = arrays;
  return { output, values, inputs: rest as { [K in keyof I]: Float32Array } };
}

function asFloat32(values: ArrayLike<number>): Float32Array {
  if (values instanceof Float32Array) return values;
  throw new DiffIRError({ subject: 'wasm', problem: 'a kernel for float32 was called with another type' });
}
