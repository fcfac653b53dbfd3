import type { TensorGeometry } from './tensor-geometry';
import { elementCount } from './values/stored-types';

/**
 * Lays the values of a strided tensor, which has at least one, out in row-major order without gaps.
 * @param span the bytes of exactly the stretch of storage that `elementSpan` gives for the tensor
 * @param size bytes per value
 */
export function gatherStrided(span: Uint8Array, geometry: TensorGeometry, size: number): Uint8Array {
  const { shape, strides } = geometry;
  const runAxis = firstAxisOfRun(geometry);
  if (runAxis === 0) return span;
  const runBytes = elementCount(shape.slice(runAxis)) * size;
  const gathered = new Uint8Array(elementCount(shape) * size);
  const index = new Array<number>(runAxis).fill(0);
  let from = 0;
  for (let to = 0; to < gathered.length; to += runBytes) {
    copyRun(span, from, gathered, to, runBytes);
    for (let axis = runAxis - 1; axis >= 0; axis--) {
      const stride = (strides[axis] ?? 0) * size;
      const next = (index[axis] ?? 0) + 1;
      from += stride;
      index[axis] = next;
      if (next < (shape[axis] ?? 0)) break;
      from -= next * stride;
      index[axis] = 0;
    }
  }
  return gathered;
}

/** The axes from here on lie in the storage as in a row-major tensor without gaps. */
function firstAxisOfRun({ shape, strides }: TensorGeometry): number {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const size = shape[axis] ?? 0;
    if (size === 1) continue;
    if (strides[axis] !== expected) return axis + 1;
    expected *= size;
  }
  return 0;
}

/** Most runs are a single value, for which `set` and `subarray` would cost far more than the copy. */
function copyRun(source: Uint8Array, from: number, target: Uint8Array, to: number, length: number): void {
  if (length > 32) target.set(source.subarray(from, from + length), to);
  else for (let i = 0; i < length; i++) target[to + i] = source[from + i] ?? 0;
}
