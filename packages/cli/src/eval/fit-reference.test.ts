import { describe, expect, it } from 'vitest';
import { testImage } from '../testing/images';
import { fitReference } from './fit-reference';

const sized = ([width, height]: readonly [number, number]) => testImage({ width, height });

describe('fitReference', () => {
  it.each([
    ['as it is', [24, 16], [24, 16], [24, 16], 1],
    ['cropped to a multiple of the scale', [27, 17], [6, 4], [24, 16], 4],
    ['cropped where the image has its size already', [27, 17], [24, 16], [24, 16], 1],
  ] as const)('takes the ground truth %s', (_, gt, lq, expected, scale) => {
    const fitted = fitReference(sized(gt), sized(lq), { name: 'a', multiples: [4] });
    expect([fitted.reference.width, fitted.reference.height]).toEqual(expected);
    expect(fitted.scale).toBe(scale);
  });

  it('refuses sizes that do not belong together, or are not of the scale asked for', () => {
    expect(() => fitReference(sized([24, 16]), sized([6, 5]), { name: 'a' })).toThrow(
      /^a: the ground truth has 24×16 pixels and the low-quality image 6×5/,
    );
    expect(() => fitReference(sized([24, 16]), sized([6, 4]), { name: 'a', scale: 2 })).toThrow(
      /×2 makes equal/,
    );
    expect(() => fitReference(sized([6, 4]), sized([24, 16]), { name: 'a' })).toThrow(/6×4/);
  });
});
