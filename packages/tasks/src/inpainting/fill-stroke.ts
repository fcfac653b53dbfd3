import type { EightBitImage } from '../degradation/float-image';

/** A place in pixels: x to the right, y downwards; whole numbers are the middles of pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface Stroke {
  readonly from: Place;
  readonly to: Place;
  /** Thickness in pixels. */
  readonly width: number;
}

const HOLE = 255;

/**
 * Marks, in a mask, the pixels whose middle is no further than half the width from the line between
 * two places: a thick line with round ends. What lies outside the mask is left out.
 */
export function fillStroke(mask: EightBitImage, stroke: Stroke): void {
  const { from, to, width } = stroke;
  const radius = width / 2;
  const top = Math.max(0, Math.ceil(Math.min(from.y, to.y) - radius));
  const bottom = Math.min(mask.height - 1, Math.floor(Math.max(from.y, to.y) + radius));
  for (let y = top; y <= bottom; y++) {
    const span = hull(spansAt(stroke, y));
    const first = Math.max(0, Math.ceil(span.from));
    const last = Math.min(mask.width - 1, Math.floor(span.to));
    if (last >= first) mask.data.fill(HOLE, y * mask.width + first, y * mask.width + last + 1);
  }
}

/** From and to; empty where `to` is less than `from`. */
interface Span {
  readonly from: number;
  readonly to: number;
}

const empty: Span = { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY };

/** What a row has in common with the two round ends and with the band between them. */
function spansAt({ from, to, width }: Stroke, y: number): Span[] {
  const radius = width / 2;
  const ends = [from, to].map((end) => discSpan(end, radius, y));
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  if (length === 0) return ends;
  const along = { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
  const dy = y - from.y;
  // In x − from.x: 0 ≤ along·(x, dy) ≤ length, and the same across within the radius.
  const lengthwise = solve(along.x, along.y * dy, { from: 0, to: length });
  const crosswise = solve(-along.y, along.x * dy, { from: -radius, to: radius });
  const band = {
    from: from.x + Math.max(lengthwise.from, crosswise.from),
    to: from.x + Math.min(lengthwise.to, crosswise.to),
  };
  return [...ends, band];
}

function discSpan({ x, y: middle }: Place, radius: number, y: number): Span {
  const square = radius ** 2 - (y - middle) ** 2;
  if (square < 0) return empty;
  const half = Math.sqrt(square);
  return { from: x - half, to: x + half };
}

/** The x for which factor·x + offset lies in a range. */
function solve(factor: number, offset: number, { from, to }: Span): Span {
  if (factor === 0) {
    if (offset < from || offset > to) return empty;
    return { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  }
  const [a, b] = [(from - offset) / factor, (to - offset) / factor];
  return { from: Math.min(a, b), to: Math.max(a, b) };
}

/** A row of a convex shape has no gaps: its parts overlap. */
function hull(spans: readonly Span[]): Span {
  const filled = spans.filter(({ from, to }) => to >= from);
  return {
    from: Math.min(...filled.map(({ from }) => from)),
    to: Math.max(...filled.map(({ to }) => to)),
  };
}
