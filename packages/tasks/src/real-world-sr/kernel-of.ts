import type { BlurKernel } from '@diffir/core';
import { OptionError } from '@diffir/core';

/**
 * A kernel of the values of a function at whole places (x, y) from the middle, normalised to sum 1.
 * @throws OptionError for a size that is not odd
 */
export function kernelOf(size: number, value: (x: number, y: number) => number): BlurKernel {
  if (!Number.isInteger(size) || size < 1 || size % 2 === 0) {
    throw new OptionError({ subject: 'size', problem: `${size} is not an odd whole number` });
  }
  const middle = (size - 1) / 2;
  const values = Float64Array.from({ length: size * size }, (_, index) =>
    value((index % size) - middle, Math.floor(index / size) - middle),
  );
  const sum = values.reduce((total, weight) => total + weight, 0);
  return { size, weights: values.map((weight) => weight / sum) };
}
