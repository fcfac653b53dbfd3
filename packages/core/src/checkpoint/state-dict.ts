/** Element types a checkpoint may store; everything is handed out as float32 unless it is an integer type. */
export type StoredType = 'f64' | 'f32' | 'f16' | 'bf16' | 'i64' | 'i32' | 'i16' | 'i8' | 'u8' | 'bool';

/** One tensor in a checkpoint: its header is known, its bytes are read on demand. */
export interface StoredTensor {
  readonly dtype: StoredType;
  /** As published: N,C,H,W order; conv kernels [O,I,kH,kW], linear weights [O,I]. */
  readonly shape: readonly number[];
  /** The values in row-major order as float32. Rejects with CheckpointError on damaged data. */
  load(): Promise<Float32Array>;
  /**
   * The values bit by bit: row-major without gaps, little-endian, in the stored type.
   * Rejects with CheckpointError on damaged data.
   */
  loadBytes(): Promise<Uint8Array>;
}

/**
 * Tensors by their published names, in file order. Names for one and the same stretch of the file share
 * one object, so that whoever writes them again can keep them shared.
 */
export type StateDict = ReadonlyMap<string, StoredTensor>;
