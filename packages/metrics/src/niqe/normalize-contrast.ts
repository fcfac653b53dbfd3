import { gaussian } from '../pixels/gaussian';
import { filterRows, type RowFilter } from './filter-rows';
import { type Plane, transposePlane } from './plane';

const window: RowFilter = { weights: gaussian(7, 7 / 6), first: -3, stride: 1, beyond: 'replicate' };

/**
 * In levels. Where a picture is flat or a ramp, x − μ is 0 but for rounding, whose sign would decide on which
 * side of the asymmetric Gaussian such values count; there the MATLAB code is at the mercy of its filter.
 */
const ROUNDING = 1e-9;

/**
 * Mean-subtracted contrast-normalised values (NIQE, equation 1): (x − μ)/(σ + 1) for x in 8-bit levels, with
 * μ and σ of a 7×7 Gaussian window of σ 7/6, the edge replicated.
 */
export function normalizeContrast(plane: Plane): Plane {
  const mean = local(plane).values;
  const squares = local({ ...plane, values: plane.values.map((value) => value * value) }).values;
  const values = plane.values.map((value, index) => {
    const mu = mean[index] ?? 0;
    if (Math.abs(value - mu) < ROUNDING) return 0;
    return (value - mu) / (Math.sqrt(Math.abs((squares[index] ?? 0) - mu * mu)) + 1);
  });
  return { ...plane, values };
}

function local(plane: Plane): Plane {
  return transposePlane(filterRows(transposePlane(filterRows(plane, window)), window));
}
