import { DiffIRError } from '@diffir/core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { type TensorInfo, util } from '@tensorflow/tfjs-core';

/** @throws DiffIRError when a kernel of this folder runs on another backend, which the registry rules out */
export function asWasm(backend: object): BackendWasm {
  if (isWasm(backend)) return backend;
  throw new DiffIRError({ subject: 'wasm', problem: 'a kernel was called on another backend' });
}

function isWasm(backend: object): backend is BackendWasm {
  return 'wasm' in backend && 'dataIdMap' in backend && 'makeOutput' in backend;
}

/** The `index`-th item of a float32 tensor that is a row of items, all of one shape. */
export interface HeapItem {
  readonly of: TensorInfo;
  readonly index: number;
  readonly shape: readonly number[];
}

const FLOAT_BYTES = 4;

/**
 * Calls `use` with numbers under which the WebAssembly module knows items of tensors as tensors of their own:
 * they share the tensors' memory, and are forgotten afterwards without freeing it.
 */
export function withHeapViews(
  backend: BackendWasm,
  items: readonly HeapItem[],
  use: (...ids: number[]) => void,
): void {
  const views = items.map(({ of, index, shape }) => {
    const start = backend.dataIdMap.get(of.dataId).memoryOffset;
    return backend.makeOutput(
      [...shape],
      'float32',
      start + FLOAT_BYTES * index * util.sizeFromShape([...shape]),
    );
  });
  try {
    use(...views.map(({ dataId }) => backend.dataIdMap.get(dataId).id));
  } finally {
    for (const { dataId } of views) {
      backend.wasm.tfjs.disposeData(backend.dataIdMap.get(dataId).id);
      backend.dataIdMap.delete(dataId);
    }
  }
}
