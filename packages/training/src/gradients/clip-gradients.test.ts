import { describe, expect, it } from 'vitest';
import { clipGradients, gradientNorm } from './clip-gradients';

const gradients = new Map([
  ['a', { shape: [2], values: Float32Array.of(3, 0) }],
  ['b', { shape: [1], values: Float32Array.of(-4) }],
]);

describe('clipGradients', () => {
  it('takes the norm over all of them', () => {
    expect(gradientNorm(gradients)).toBe(5);
  });

  it('scales all alike down to the bound', () => {
    const clipped = clipGradients(gradients, 1);
    expect(gradientNorm(clipped)).toBeCloseTo(1, 6);
    expect(clipped.get('a')?.values[0]).toBeCloseTo(0.6, 6);
    expect(clipped.get('b')?.values[0]).toBeCloseTo(-0.8, 6);
    expect(gradients.get('b')?.values[0]).toBe(-4);
  });

  it('leaves those below the bound alone', () => {
    expect(clipGradients(gradients, 6)).toBe(gradients);
  });
});
