import { filterRows, type RowFilter } from './filter-rows';
import { type Plane, transposePlane } from './plane';

/** Half the cubic of Keys (a = −½) at twice its width, at ±¼, ±¾, ±1¼ and ±1¾: MATLAB's antialiasing. */
const HALF = [0.25, 0.75, 1.25, 1.75].map(cubic);
const SUM = 2 * HALF.reduce((sum, weight) => sum + weight, 0);
const halving: RowFilter = {
  weights: Float64Array.from([...HALF].reverse().concat(HALF), (weight) => weight / SUM),
  first: -3,
  stride: 2,
  beyond: 'mirror',
};

/**
 * A plane at half its size, as MATLAB's `imresize(…, 0.5)`: bicubic with antialiasing, mirrored at the edge.
 * Sides must be even.
 */
export function halve(plane: Plane): Plane {
  const narrow = filterRows(plane, halving);
  return transposePlane(filterRows(transposePlane(narrow), halving));
}

/** Keys 1981, equation 15, for 0 ≤ x ≤ 2. */
function cubic(x: number): number {
  return x <= 1 ? 1.5 * x ** 3 - 2.5 * x ** 2 + 1 : -0.5 * x ** 3 + 2.5 * x ** 2 - 4 * x + 2;
}
