import type { StoredTensor } from '@diffir/core';

/** A stored tensor's values in double precision; `load` would round those that are stored as such. */
export async function loadDoubles(stored: StoredTensor): Promise<Float64Array> {
  if (stored.dtype !== 'f64') return Float64Array.from(await stored.load());
  const bytes = await stored.loadBytes();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float64Array.from({ length: bytes.byteLength / 8 }, (_, index) => view.getFloat64(8 * index, true));
}
