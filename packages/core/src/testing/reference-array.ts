/** An n-dimensional array in double precision, for references that show the mathematics and nothing else. */
export interface ReferenceArray<Shape extends readonly number[] = readonly number[]> {
  readonly shape: Shape;
  /** Row-major. */
  readonly values: Float64Array;
}

/** A position in an array of a shape: one number for each dimension. */
export type IndexOf<Shape extends readonly number[]> = { readonly [Dimension in keyof Shape]: number };

/** Fills an array with a function of the position. */
export function tabulate<const Shape extends readonly number[]>(
  shape: Shape,
  valueAt: (index: IndexOf<Shape>) => number,
): ReferenceArray<Shape> {
  const size = shape.reduce((product, length) => product * length, 1);
  const values = Float64Array.from({ length: size }, (_, position) => valueAt(unravel(position, shape)));
  return { shape, values };
}

/** The value at a position; 0 outside the array, as zero padding has it. */
export function at<Shape extends readonly number[]>(
  { shape, values }: ReferenceArray<Shape>,
  index: IndexOf<Shape>,
): number {
  let position = 0;
  for (const [dimension, length] of shape.entries()) {
    const coordinate = index[dimension] ?? -1;
    if (coordinate < 0 || coordinate >= length) return 0;
    position = position * length + coordinate;
  }
  return values[position] ?? 0;
}

/** Repeatable numbers in [low, high) that float32 holds exactly. */
export function noise<const Shape extends readonly number[]>(
  shape: Shape,
  { seed, low = -1, high = 1 }: { seed: number; low?: number; high?: number },
): ReferenceArray<Shape> {
  let state = seed;
  return tabulate(shape, () => {
    // The linear congruential generator of Numerical Recipes, modulo 2^32.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.fround(low + (high - low) * (state / 2 ** 32));
  });
}

/** Σ of `term(i)` for i in [0, count). */
export function sum(count: number, term: (i: number) => number): number {
  let total = 0;
  for (let i = 0; i < count; i++) total += term(i);
  return total;
}

function unravel<Shape extends readonly number[]>(position: number, shape: Shape): IndexOf<Shape> {
  let rest = position;
  const index = shape.reduceRight<number[]>((coordinates, length) => {
    coordinates.unshift(rest % length);
    rest = Math.floor(rest / length);
    return coordinates;
  }, []);
  // One coordinate for each dimension, which the compiler cannot see.
  return index as IndexOf<Shape>;
}
