import type { AsymmetricFit } from './generalized-gaussian';
import type { Plane } from './plane';

/** Neighbours whose products are looked at: left, above, and both diagonals. */
const neighbours = [
  { down: 0, right: 1 },
  { down: 1, right: 0 },
  { down: 1, right: 1 },
  { down: 1, right: -1 },
] as const;

/** Features of one block at one scale. */
export const BLOCK_FEATURES = 18;

/**
 * The 18 features of a block of normalised values: shape and mean scale of the values, and shape, mean, left
 * and right scale of the products with each neighbour (the block counts as wrapped around, as in MATLAB's
 * `circshift`).
 */
export function blockFeatures(block: Plane, fit: AsymmetricFit): readonly number[] {
  const own = fit(block.values);
  const products = neighbours.flatMap(({ down, right }) => {
    const { shape, mean, leftScale, rightScale } = fit(productsWith(block, down, right));
    return [shape, mean, leftScale, rightScale];
  });
  return [own.shape, (own.leftScale + own.rightScale) / 2, ...products];
}

function productsWith({ width, height, values }: Plane, down: number, right: number): Float64Array {
  return values.map((value, index) => {
    const [y, x] = [Math.floor(index / width), index % width];
    const neighbour = ((y - down + height) % height) * width + ((x - right + width) % width);
    return value * (values[neighbour] ?? 0);
  });
}
