import type { Image } from '../image/image';
import { fullScale } from '../image/samples';
import type { Span } from './tile-plan';

/** Rows and columns of a picture; may reach beyond its bottom and right, where it is padded. */
export interface Region {
  readonly rows: Span;
  readonly columns: Span;
}

/** A size in pixels. */
export interface PixelSize {
  readonly height: number;
  readonly width: number;
}

/** Which channels to read as red, green and blue. */
export function colorChannels({ channels }: Image): readonly number[] {
  return channels >= 3 ? [0, 1, 2] : [0, 0, 0];
}

/**
 * The given channels of a region, interleaved, in [0,1]. Beyond the picture it continues up to `padded`
 * as `padToSize` pads. Only the region is converted: a large picture stays as compact as it was decoded.
 */
export function readRegion(
  { data, width, height, channels }: Image,
  { rows, columns }: Region,
  { picked, padded }: { readonly picked: readonly number[]; readonly padded: PixelSize },
): Float32Array {
  const scale = fullScale(data);
  const sources = Uint32Array.from({ length: columns.size }, (_, x) =>
    paddedIndex(columns.start + x, width, padded.width),
  );
  const values = new Float32Array(rows.size * columns.size * picked.length);
  let target = 0;
  for (let y = 0; y < rows.size; y++) {
    const rowStart = paddedIndex(rows.start + y, height, padded.height) * width;
    for (const column of sources) {
      const pixel = (rowStart + column) * channels;
      for (const channel of picked) values[target++] = (data[pixel + channel] ?? 0) / scale;
    }
  }
  return values;
}

/** Reflection without repeating the border, or the border repeated where the side is shorter than the pad. */
function paddedIndex(index: number, length: number, padded: number): number {
  if (index < length) return index;
  return padded - length < length ? 2 * (length - 1) - index : length - 1;
}
