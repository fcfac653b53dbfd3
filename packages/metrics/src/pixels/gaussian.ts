/** A Gaussian sampled at whole positions around its centre, normalised to sum 1. */
export function gaussian(size: number, sigma: number): Float64Array {
  const centre = (size - 1) / 2;
  const values = Float64Array.from({ length: size }, (_, index) =>
    Math.exp(-((index - centre) ** 2) / (2 * sigma * sigma)),
  );
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => value / sum);
}
