import { describe, expect, it } from 'vitest';
import { factorKernel } from './kernel-factors';

function kernel(size: number, value: (x: number, y: number) => number) {
  const middle = (size - 1) / 2;
  const weights = Float64Array.from({ length: size * size }, (_, i) =>
    value((i % size) - middle, Math.floor(i / size) - middle),
  );
  return { size, weights };
}

describe('factorKernel', () => {
  it('finds the column and row of an uneven product', () => {
    const row = [0.1, 0.5, 0.3, -0.1, 0.2];
    const column = [0.4, 0.1, 0, 0.2, 0.3];
    const product = kernel(5, (x, y) => (row[x + 2] ?? 0) * (column[y + 2] ?? 0));
    const factors = factorKernel(product);
    for (const [i, weight] of product.weights.entries()) {
      const found = (factors?.column[Math.floor(i / 5)] ?? 9) * (factors?.row[i % 5] ?? 9);
      expect(found).toBeCloseTo(weight, 15);
    }
  });

  it('finds none in what is no product, be it nearly one', () => {
    const gaussian = (x: number, y: number) => Math.exp(-(x * x + y * y) / 4);
    expect(factorKernel(kernel(7, gaussian))).toBeDefined();
    expect(factorKernel(kernel(7, (x, y) => gaussian(x, y) + 1e-9 * x * y))).toBeUndefined();
    expect(factorKernel(kernel(7, (x, y) => 1 / (1 + x * x + y * y)))).toBeUndefined();
  });

  it('leaves lines and single samples as they are', () => {
    expect(factorKernel(kernel(5, (x, y) => (x === 0 && y === 0 ? 1 : 0)))).toBeUndefined();
    expect(factorKernel(kernel(5, (_, y) => (y === 1 ? 1 : 0)))).toBeUndefined();
    expect(factorKernel(kernel(5, () => 0))).toBeUndefined();
  });
});
