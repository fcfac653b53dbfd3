import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OptionError } from '../errors/option-error';
import { blendWeights } from './blend-weights';
import { planPieces, planSpans } from './tile-plan';

const sides = fc.record({
  length: fc.integer({ min: 1, max: 3000 }),
  tile: fc.integer({ min: 64, max: 600 }),
  overlap: fc.integer({ min: 0, max: 31 }),
  multiple: fc.constantFrom(1, 8, 16, 32),
});

describe('planSpans', () => {
  it('covers the side with tiles of one size, a multiple, no larger than asked, overlapping as asked', () => {
    fc.assert(
      fc.property(sides, (options) => {
        const spans = planSpans(options);
        const sizes = new Set(spans.map(({ size }) => size));
        expect(sizes.size).toBe(1);
        const [size = 0] = sizes;
        expect(size % options.multiple).toBe(0);
        expect(size).toBeLessThanOrEqual(Math.max(options.tile, options.multiple));
        expect(spans[0]?.start).toBe(0);
        const last = spans.at(-1);
        const end = (last?.start ?? 0) + size;
        if (spans.length > 1) expect(end).toBe(options.length);
        else expect(end).toBeGreaterThanOrEqual(options.length);
        spans.slice(1).forEach(({ start }, index) => {
          const before = spans[index];
          // Starts are rounded to whole pixels, which may cost one.
          expect((before?.start ?? 0) + size - start).toBeGreaterThanOrEqual(options.overlap - 1);
        });
      }),
    );
  });

  it('pads a side that one tile covers', () => {
    expect(planSpans({ length: 13, tile: 64, overlap: 8, multiple: 8 })).toEqual([{ start: 0, size: 16 }]);
  });

  it('refuses an overlap that leaves no room to advance', () => {
    expect(() => planSpans({ length: 1000, tile: 64, overlap: 32, multiple: 8 })).toThrow(OptionError);
  });
});

describe('planPieces', () => {
  it('cuts without overlap', () => {
    expect(planPieces(20, 8)).toEqual([
      { start: 0, size: 8 },
      { start: 8, size: 8 },
      { start: 16, size: 4 },
    ]);
  });
});

describe('blendWeights', () => {
  it.each([
    ['as planned', planSpans({ length: 26, tile: 16, overlap: 7, multiple: 8 })],
    ['further into each other', [0, 17, 34].map((start) => ({ start, size: 64 }))],
  ])('sum to 1 where three tiles fade at once, %s', (_, spans) => {
    const last = spans.at(-1);
    const sums = new Float64Array((last?.start ?? 0) + (last?.size ?? 0));
    const fading = new Uint8Array(sums.length);
    blendWeights(spans).forEach((weights, tile) => {
      weights.forEach((weight, offset) => {
        const position = (spans[tile]?.start ?? 0) + offset;
        sums[position] = (sums[position] ?? 0) + weight;
        if (weight > 0) fading[position] = (fading[position] ?? 0) + 1;
      });
    });
    expect(Math.max(...fading)).toBe(3);
    for (const sum of sums) expect(Math.abs(sum - 1)).toBeLessThan(1e-6);
  });

  it('sum to 1 everywhere, are flat at the borders and never negative', () => {
    fc.assert(
      fc.property(sides, (options) => {
        const spans = planSpans(options);
        const sums = new Float64Array(options.length);
        blendWeights(spans).forEach((weights, tile) => {
          weights.forEach((weight, offset) => {
            expect(weight).toBeGreaterThanOrEqual(0);
            const position = (spans[tile]?.start ?? 0) + offset;
            if (position < options.length) sums[position] = (sums[position] ?? 0) + weight;
          });
        });
        for (const sum of sums) expect(Math.abs(sum - 1)).toBeLessThan(1e-6);
      }),
      { numRuns: 50 },
    );
  });

  it('gives nothing to a tile’s inner edge', () => {
    const [first, second] = blendWeights([
      { start: 0, size: 64 },
      { start: 32, size: 64 },
    ]);
    expect(first?.[0]).toBe(1);
    expect(first?.[63]).toBe(0);
    expect(second?.[0]).toBe(0);
    expect(second?.[63]).toBe(1);
  });
});
