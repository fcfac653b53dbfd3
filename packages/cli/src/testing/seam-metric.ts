import type { Image, Span } from '@diffir/core';

/** How much tile borders show. */
export interface Seams {
  /**
   * Gradient energy of the difference tiled − whole where tiles overlap, over the same elsewhere: 1 means
   * that tiles differ from the whole no more abruptly at their borders than inside.
   */
  readonly difference: number;
  /** Gradient energy of the tiled result where tiles overlap, over the whole's at the same places: 1 means no edges more. */
  readonly edges: number;
  /** Largest step of the difference tiled − whole where tiles overlap, in the samples' units. */
  readonly largestStep: number;
  /** What steps the whole has at these places: the root of their mean square. */
  readonly typicalStep: number;
}

export interface SeamOptions {
  /** The same picture restored in tiles and whole. */
  readonly tiled: Image;
  readonly whole: Image;
  /** Where the tiles lie, in pixels of the result. */
  readonly rows: readonly Span[];
  readonly columns: readonly Span[];
  /** Mean squared step that is there in any case, as of rounding, and is no edge of the tiles'; default: 0. */
  readonly noise?: number;
  /** Counts only pixels for which this is true; default: all. */
  readonly counts?: (x: number, y: number) => boolean;
}

/**
 * Compares neighbouring pixels across tile borders (left and right of vertical ones, above and below
 * horizontal ones) with such pairs elsewhere. Ratios are NaN where no tiles meet.
 */
export function measureSeams(options: SeamOptions): Seams {
  const { tiled, whole, rows, columns, noise = 0, counts = () => true } = options;
  const { width, height, channels } = tiled;
  const sums = { atBorders: createSums(), elsewhere: createSums() };
  const compare = (index: number, step: number, atBorder: boolean) => {
    const sum = atBorder ? sums.atBorders : sums.elsewhere;
    for (let at = index; at < index + channels; at++) {
      const tiledStep = sample(tiled, at + step) - sample(tiled, at);
      const wholeStep = sample(whole, at + step) - sample(whole, at);
      sum.count++;
      sum.difference += (tiledStep - wholeStep) ** 2;
      sum.largest = Math.max(sum.largest, Math.abs(tiledStep - wholeStep));
      sum.tiled += tiledStep ** 2;
      sum.whole += wholeStep ** 2;
    }
  };
  const [borderRows, borderColumns] = [blendedSteps(rows), blendedSteps(columns)];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!counts(x, y)) continue;
      const index = (y * width + x) * channels;
      if (x + 1 < width && counts(x + 1, y)) compare(index, channels, borderColumns.has(x));
      if (y + 1 < height && counts(x, y + 1)) compare(index, width * channels, borderRows.has(y));
    }
  }
  const { atBorders, elsewhere } = sums;
  return {
    difference: atBorders.difference / atBorders.count / (elsewhere.difference / elsewhere.count),
    edges: (atBorders.tiled / atBorders.count + noise) / (atBorders.whole / atBorders.count + noise),
    largestStep: atBorders.largest,
    typicalStep: Math.sqrt(atBorders.whole / atBorders.count),
  };
}

/** Positions whose step to the next one lies where two tiles overlap or, without overlap, touch. */
export function blendedSteps(spans: readonly Span[]): ReadonlySet<number> {
  const steps = new Set<number>();
  spans.slice(1).forEach(({ start }, index) => {
    const before = spans[index];
    const end = before === undefined ? start : before.start + before.size;
    for (let position = start - 1; position < end; position++) steps.add(position);
  });
  return steps;
}

function createSums() {
  return { count: 0, difference: 0, tiled: 0, whole: 0, largest: 0 };
}

function sample({ data }: Image, index: number): number {
  return data[index] ?? 0;
}
