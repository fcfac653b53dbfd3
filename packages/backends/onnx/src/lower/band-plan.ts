import type { Span } from '@diffir/core';
import type { TracedValue } from '../trace/traced-graph';

/** Cuts the rows of images of a size into bands; the same cut for every value of that size. */
export type BandPlan = (height: number, width: number) => readonly Span[];

/** Every image in one piece. */
export const wholeImages: BandPlan = (height) => [{ start: 0, size: height }];

const BYTES_PER_VALUE = 4;
/** Fewer rows would spend more on the rows around a band than the cache gives back. */
const LEAST_ROWS = 4;

/**
 * Bands in which no tensor takes more than `bandBytes`, if they can be that narrow. Their heights are
 * powers of two, so that the bands of one level of a U-Net are made of whole bands of the next.
 */
export function planBands(values: Iterable<TracedValue>, bandBytes: number): BandPlan {
  const widest = new Map<string, number>();
  for (const { shape } of values) {
    const [n, h, w, c] = shape;
    if (n === undefined || h === undefined || w === undefined || c === undefined) continue;
    const key = `${h}×${w}`;
    widest.set(key, Math.max(widest.get(key) ?? 0, n * c));
  }
  return (height, width) => {
    const rowBytes = (widest.get(`${height}×${width}`) ?? 1) * width * BYTES_PER_VALUE;
    const fitting = 2 ** Math.floor(Math.log2(Math.max(1, bandBytes / rowBytes)));
    return cut(height, Math.max(LEAST_ROWS, fitting));
  };
}

function cut(height: number, rows: number): readonly Span[] {
  return Array.from({ length: Math.ceil(height / rows) }, (_, index) => ({
    start: index * rows,
    size: Math.min(rows, height - index * rows),
  }));
}
