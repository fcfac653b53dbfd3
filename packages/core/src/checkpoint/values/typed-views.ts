// Stored values are little-endian, as is every platform that JavaScript runs on, so views need no swapping.

/** The bytes as 16-bit words; copies only if they are not aligned. */
export function uint16View(bytes: Uint8Array): Uint16Array {
  const { buffer, byteOffset, length } = aligned(bytes, 2);
  return new Uint16Array(buffer, byteOffset, Math.floor(length / 2));
}

/** The bytes as float32; copies only if they are not aligned. */
export function float32View(bytes: Uint8Array): Float32Array {
  const { buffer, byteOffset, length } = aligned(bytes, 4);
  return new Float32Array(buffer, byteOffset, Math.floor(length / 4));
}

/** The bytes as float64; copies only if they are not aligned. */
export function float64View(bytes: Uint8Array): Float64Array {
  const { buffer, byteOffset, length } = aligned(bytes, 8);
  return new Float64Array(buffer, byteOffset, Math.floor(length / 8));
}

/** The bytes of a typed array, without copying. */
export function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** The bytes at an offset that is a multiple of `size`. */
export function aligned(bytes: Uint8Array, size: number): Uint8Array {
  return bytes.byteOffset % size === 0 ? bytes : new Uint8Array(bytes);
}
