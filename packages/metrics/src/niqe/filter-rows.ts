import type { Plane } from './plane';

export interface RowFilter {
  readonly weights: Float64Array;
  /** Position of the first weight for output 0; output x reads from `first + x·stride` on. */
  readonly first: number;
  readonly stride: number;
  /** What lies beyond the edge: its value again, or the picture mirrored with the edge pixel repeated. */
  readonly beyond: 'replicate' | 'mirror';
}

/** Filters each row by weights that stand around its position. */
export function filterRows({ width, height, values }: Plane, filter: RowFilter): Plane {
  const { weights, first, stride } = filter;
  const outputs = Math.floor(width / stride);
  const taps = Int32Array.from({ length: outputs * weights.length }, (_, index) => {
    const position = first + Math.floor(index / weights.length) * stride + (index % weights.length);
    return inside(position, width, filter.beyond);
  });
  const result = new Float64Array(outputs * height);
  for (let y = 0; y < height; y++) {
    const row = values.subarray(y * width, (y + 1) * width);
    for (let x = 0, tap = 0; x < outputs; x++) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++, tap++) sum += (weights[k] ?? 0) * (row[taps[tap] ?? 0] ?? 0);
      result[y * outputs + x] = sum;
    }
  }
  return { width: outputs, height, values: result };
}

function inside(position: number, length: number, beyond: RowFilter['beyond']): number {
  if (beyond === 'replicate') return Math.min(length - 1, Math.max(0, position));
  const mirrored = position < 0 ? -1 - position : position;
  return mirrored < length ? mirrored : 2 * length - 1 - mirrored;
}
