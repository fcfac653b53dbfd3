import { gatherStrided } from './gather-strided';
import type { StoredTensor, StoredType } from './state-dict';
import { checkGeometry, elementSpan, type TensorGeometry } from './tensor-geometry';
import { bytesPerValue } from './values/stored-types';
import { valuesToFloat32 } from './values/values-to-float32';

/** The bytes that one or several tensors share. */
export interface TensorStorage {
  /** Length in bytes. */
  readonly byteLength: number;
  /** Exactly these bytes; rejects with CheckpointError if the file does not have them. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

export interface StoredTensorOptions {
  /** The file, for messages. */
  readonly subject: string;
  /** The tensor, for messages. */
  readonly name: string;
  readonly dtype: StoredType;
  readonly geometry: TensorGeometry;
  readonly storage: TensorStorage;
  /** Most values that the tensor may have. */
  readonly maxElements: number;
}

/**
 * A tensor whose stretch of the storage is read when it is loaded, and no more than that.
 * @throws {CheckpointError} if it reaches outside its storage or claims too many values
 */
export function createStoredTensor(options: StoredTensorOptions): StoredTensor {
  const { subject, name, dtype, geometry, storage, maxElements } = options;
  const size = bytesPerValue[dtype];
  checkGeometry(geometry, { subject, name, available: Math.floor(storage.byteLength / size), maxElements });

  async function loadBytes(): Promise<Uint8Array> {
    const { start, length } = elementSpan(geometry);
    if (length === 0) return new Uint8Array(0);
    return gatherStrided(await storage.read(start * size, length * size), geometry, size);
  }

  return {
    dtype,
    shape: geometry.shape,
    loadBytes,
    async load() {
      return valuesToFloat32(dtype, await loadBytes());
    },
  };
}
