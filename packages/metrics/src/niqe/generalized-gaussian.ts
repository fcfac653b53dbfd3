import { gamma } from './gamma';

/** An asymmetric generalised Gaussian fitted to values. */
interface AsymmetricGaussian {
  /** Shape: 2 is a Gaussian, 1 a Laplacian. */
  readonly shape: number;
  readonly leftScale: number;
  readonly rightScale: number;
  /** Mean of the distribution (NIQE, equation 8). */
  readonly mean: number;
}

/** Shapes that are tried: 0.2 to 10 in steps of 0.001. */
const SMALLEST = 0.2;
const STEP = 0.001;
const COUNT = 9801;

/**
 * Fits by matching moments (Lasmar et al. 2009), the shape looked up in a table as the MATLAB code does.
 * Values without a negative or without a positive among them have no such fit: NaN, as in MATLAB.
 */
export type AsymmetricFit = (values: Float64Array) => AsymmetricGaussian;

/** Makes the table once, for any number of fits. */
export function createAsymmetricFit(): AsymmetricFit {
  const ratios = Float64Array.from({ length: COUNT }, (_, index) => momentRatio(SMALLEST + index * STEP));
  return (values) => {
    const { left, right, ratio } = momentsOf(values);
    const skew = left / right;
    const normalized = (ratio * (skew ** 3 + 1) * (skew + 1)) / (skew ** 2 + 1) ** 2;
    const shape = SMALLEST + nearest(ratios, normalized) * STEP;
    const [first, third] = [gamma(1 / shape), gamma(3 / shape)];
    const scale = Math.sqrt(first / third);
    const [leftScale, rightScale] = [left * scale, right * scale];
    const mean = (rightScale - leftScale) * (gamma(2 / shape) / first);
    return { shape, leftScale, rightScale, mean };
  };
}

/** E[|x|]² / E[x²] of a generalised Gaussian, which grows with its shape. */
function momentRatio(shape: number): number {
  return gamma(2 / shape) ** 2 / (gamma(1 / shape) * gamma(3 / shape));
}

function momentsOf(values: Float64Array) {
  let [leftSquares, leftCount, rightSquares, rightCount, absolute] = [0, 0, 0, 0, 0];
  for (const value of values) {
    if (value < 0) {
      leftSquares += value * value;
      leftCount++;
      absolute -= value;
    } else if (value > 0) {
      rightSquares += value * value;
      rightCount++;
      absolute += value;
    }
  }
  const count = values.length;
  return {
    left: Math.sqrt(leftSquares / leftCount),
    right: Math.sqrt(rightSquares / rightCount),
    ratio: (absolute / count) ** 2 / ((leftSquares + rightSquares) / count),
  };
}

/** Index of the nearest of increasing values; 0 for NaN. */
function nearest(values: Float64Array, wanted: number): number {
  let [low, high] = [0, values.length - 1];
  if (!(wanted > (values[0] ?? 0))) return 0;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) <= wanted) low = middle;
    else high = middle;
  }
  return wanted - (values[low] ?? 0) <= (values[high] ?? 0) - wanted ? low : high;
}
