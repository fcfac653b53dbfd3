/** A run of indices along one axis of an array. */
export interface AxisRange {
  readonly axis: 0 | 1;
  readonly start: number;
  readonly size: number;
}

/** Rows of the flattened array that one index of the axis covers, and how far apart they lie. */
function rowsOf(shape: readonly number[], { axis, start, size }: AxisRange) {
  const inner = shape.slice(axis + 1).reduce((product, length) => product * length, 1);
  const outer = axis === 0 ? 1 : (shape[0] ?? 1);
  const stride = (shape[axis] ?? 1) * inner;
  return Array.from({ length: outer }, (_, row) => ({
    offset: row * stride + start * inner,
    length: size * inner,
  }));
}

/** The values of `range` out of a row-major array of `shape`. */
export function takePart(values: Float32Array, shape: readonly number[], range: AxisRange): Float32Array {
  const rows = rowsOf(shape, range);
  const rowLength = rows[0]?.length ?? 0;
  const part = new Float32Array(rows.length * rowLength);
  rows.forEach(({ offset, length }, row) => {
    part.set(values.subarray(offset, offset + length), row * rowLength);
  });
  return part;
}

/** Writes a part back where `takePart` took it from. */
export function putPart(
  values: Float32Array,
  shape: readonly number[],
  range: AxisRange,
  part: Float32Array,
): void {
  rowsOf(shape, range).forEach(({ offset, length }, row) => {
    values.set(part.subarray(row * length, (row + 1) * length), offset);
  });
}

/** The shape of what `range` cuts out of an array of `shape`; the whole shape without a range. */
export function partShape(shape: readonly number[], range: AxisRange | undefined): number[] {
  return shape.map((length, axis) => (axis === range?.axis ? range.size : length));
}

/** Number of values in an array of `shape`. */
export function elements(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
