import { describe, expect, it } from 'vitest';
import { averageGradients } from './average-gradients';

const part = (weight: number, total: number, gradient: number[], name = 'w') => ({
  weight,
  losses: { total },
  gradients: new Map([[name, { shape: [gradient.length], values: Float32Array.from(gradient) }]]),
});

describe('averageGradients', () => {
  it('weighs parts by their number of images', () => {
    const { losses, gradients } = averageGradients([part(3, 4, [4, 0]), part(1, 8, [0, 8])]);
    expect(losses).toEqual({ total: 5 });
    expect(gradients.get('w')).toEqual({ shape: [2], values: Float32Array.of(3, 2) });
  });

  it('returns a single part bit by bit', () => {
    const only = part(7, 0.1, [0.1, 1e-30]);
    expect(averageGradients([only]).gradients.get('w')?.values).toEqual(only.gradients.get('w')?.values);
  });

  it('refuses nothing at all, and parts that differ', () => {
    expect(() => averageGradients([])).toThrow('batch: it has no parts');
    expect(() => averageGradients([part(1, 0, [1]), part(1, 0, [1], 'v')])).toThrow(
      'w: a part of the batch has no gradient of this parameter',
    );
  });
});
