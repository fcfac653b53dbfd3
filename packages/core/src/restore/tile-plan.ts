import { OptionError } from '../errors/option-error';

/** A run of rows or columns: `start` to `start + size`, exclusive. */
export interface Span {
  readonly start: number;
  readonly size: number;
}

export interface SpanOptions {
  /** Length of the image's side. */
  readonly length: number;
  /** Largest size of a tile. */
  readonly tile: number;
  /** Least overlap of neighbours. */
  readonly overlap: number;
  /** Sizes are multiples of this. */
  readonly multiple: number;
}

/**
 * Cuts a side into tiles of one size that overlap evenly: no slivers, and one compiled shape for all.
 * The last tile ends at the image's end, or, where a single tile covers the side, at the next multiple.
 * @throws OptionError when tiles of this size and overlap would not advance
 */
export function planSpans({ length, tile, overlap, multiple }: SpanOptions): readonly Span[] {
  const up = (size: number) => Math.ceil(size / multiple) * multiple;
  const largest = Math.max(multiple, Math.floor(tile / multiple) * multiple);
  if (up(length) <= largest) return [{ start: 0, size: up(length) }];
  if (2 * overlap >= largest) {
    throw new OptionError({
      subject: `overlap ${overlap}`,
      problem: `takes half or more of tiles of ${largest} pixels`,
      remedy: 'use larger tiles or a smaller overlap',
    });
  }
  const count = Math.ceil((length - overlap) / (largest - overlap));
  const size = Math.min(largest, up((length + (count - 1) * overlap) / count));
  const stride = (length - size) / (count - 1);
  return Array.from({ length: count }, (_, index) => ({ start: Math.round(index * stride), size }));
}

/** Cuts a side into runs of at most `piece` that do not overlap. */
export function planPieces(length: number, piece: number): readonly Span[] {
  return Array.from({ length: Math.ceil(length / piece) }, (_, index) => ({
    start: index * piece,
    size: Math.min(piece, length - index * piece),
  }));
}
