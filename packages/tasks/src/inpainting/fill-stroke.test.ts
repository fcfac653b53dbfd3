import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EightBitImage } from '../degradation/float-image';
import { fillStroke, type Stroke } from './fill-stroke';

const [width, height] = [40, 30];

function filled(stroke: Stroke): EightBitImage {
  const mask: EightBitImage = { data: new Uint8Array(width * height), width, height, channels: 1 };
  fillStroke(mask, stroke);
  return mask;
}

/** From a place to the nearest point of a stroke's line. */
function distance({ from, to }: Stroke, x: number, y: number): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const square = dx * dx + dy * dy;
  const along = square === 0 ? 0 : ((x - from.x) * dx + (y - from.y) * dy) / square;
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(x - from.x - t * dx, y - from.y - t * dy);
}

const place = fc.record({ x: fc.integer({ min: -5, max: 45 }), y: fc.integer({ min: -5, max: 35 }) });
const strokes = fc.record({ from: place, to: place, width: fc.integer({ min: 1, max: 25 }) });

describe('fillStroke', () => {
  it('marks exactly what is within half its width of the line', () => {
    fc.assert(
      fc.property(strokes, (stroke) => {
        const { data } = filled(stroke);
        const wrong = data.filter((value, i) => {
          const beyond = distance(stroke, i % width, Math.floor(i / width)) - stroke.width / 2;
          // On the very edge rounding may go either way.
          return Math.abs(beyond) > 1e-9 && value !== (beyond < 0 ? 255 : 0);
        });
        expect(wrong).toHaveLength(0);
      }),
    );
  });

  it('is as thick as it says, with round ends', () => {
    const { data } = filled({ from: { x: 10, y: 15 }, to: { x: 30, y: 15 }, width: 7 });
    const column = (x: number) => Array.from({ length: height }, (_, y) => data[y * width + x] ?? 0);
    expect(column(20).filter((value) => value === 255)).toHaveLength(7);
    expect(column(7).filter((value) => value === 255)).toHaveLength(3);
    expect(column(6).every((value) => value === 0)).toBe(true);
  });

  it('is a disc where it has no length', () => {
    const { data } = filled({ from: { x: 20, y: 15 }, to: { x: 20, y: 15 }, width: 20 });
    const area = data.filter((value) => value === 255).length;
    // πr², to within its circumference of pixels.
    expect(Math.abs(area - Math.PI * 100)).toBeLessThan(Math.PI * 20);
  });

  it('adds to what is marked', () => {
    const mask = filled({ from: { x: 5, y: 5 }, to: { x: 5, y: 5 }, width: 3 });
    fillStroke(mask, { from: { x: 30, y: 20 }, to: { x: 30, y: 20 }, width: 3 });
    expect([mask.data[5 * width + 5], mask.data[20 * width + 30]]).toEqual([255, 255]);
  });
});
