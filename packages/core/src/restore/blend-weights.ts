import type { Span } from './tile-plan';

/**
 * Share of the overlap at a tile's inner edge that counts for nothing: there the network has seen zeros
 * instead of the picture's other half.
 */
const TRIMMED = 1 / 4;

/**
 * The weight of every position of every span along one axis. Where neighbours overlap one fades into
 * the other by a smooth step; everywhere the weights of all spans sum to 1, and they are flat at the
 * picture's own borders. Spans are in order.
 */
export function blendWeights(spans: readonly Span[]): readonly Float32Array[] {
  const shares = spans.map((span, index) => {
    const rising = rampInto(span, spans[index - 1]);
    const falling = rampInto(spans[index + 1], span);
    return Float64Array.from({ length: span.size }, (_, offset) => {
      const position = span.start + offset;
      return rising(position) * (1 - falling(position));
    });
  });
  // Pairs of neighbours sum to 1 by themselves; where a third span reaches in, sums are larger.
  const sums = new Float64Array(Math.max(0, ...spans.map(({ start, size }) => start + size)));
  spans.forEach(({ start }, index) => {
    shares[index]?.forEach((share, offset) => {
      sums[start + offset] = (sums[start + offset] ?? 0) + share;
    });
  });
  return spans.map(({ start }, index) =>
    Float32Array.from(shares[index] ?? [], (share, offset) => share / (sums[start + offset] ?? 1)),
  );
}

/** How far `span` has taken over from the one before it, 0 to 1, by position. */
function rampInto(span: Span | undefined, before: Span | undefined): (position: number) => number {
  if (span === undefined) return () => 0;
  if (before === undefined) return () => 1;
  const overlap = before.start + before.size - span.start;
  const trimmed = Math.floor(overlap * TRIMMED);
  const ramp = overlap - 2 * trimmed;
  return (position) => smoothStep((position - span.start - trimmed + 0.5) / ramp);
}

/** 3x² − 2x³ between 0 and 1: no kink where blending begins and ends. */
function smoothStep(x: number): number {
  const clamped = Math.min(1, Math.max(0, x));
  return clamped * clamped * (3 - 2 * clamped);
}
