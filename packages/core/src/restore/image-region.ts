import type { Image } from '../image/image';
import type { ImageSource } from '../image/image-rows';
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
export function colorChannels({ channels }: Pick<Image, 'channels'>): readonly number[] {
  return channels >= 3 ? [0, 1, 2] : [0, 0, 0];
}

/**
 * The given channels of a region, interleaved, in [0,1]. Beyond the picture it continues up to `padded`
 * as `padToSize` pads. Only the region is converted: a large picture stays as compact as it was decoded.
 */
export async function readRegion(
  source: ImageSource,
  { rows, columns }: Region,
  { picked, padded }: { readonly picked: readonly number[]; readonly padded: PixelSize },
): Promise<Float32Array> {
  const { width, height, channels } = source;
  const sourceRows = paddedIndices(rows, height, padded.height);
  const sourceColumns = paddedIndices(columns, width, padded.width);
  const firstRow = sourceRows.reduce((least, row) => Math.min(least, row));
  const lastRow = sourceRows.reduce((most, row) => Math.max(most, row));
  const samples = await source.read(firstRow, lastRow + 1 - firstRow);
  const scale = fullScale(samples);
  const values = new Float32Array(rows.size * columns.size * picked.length);
  let target = 0;
  for (const row of sourceRows) {
    const rowStart = (row - firstRow) * width;
    for (const column of sourceColumns) {
      const pixel = (rowStart + column) * channels;
      for (const channel of picked) values[target++] = (samples[pixel + channel] ?? 0) / scale;
    }
  }
  return values;
}

/** Where the pixels of a span come from. */
function paddedIndices({ start, size }: Span, length: number, padded: number): Uint32Array {
  return Uint32Array.from({ length: size }, (_, index) => paddedIndex(start + index, length, padded));
}

/** Reflection without repeating the border, or the border repeated where the side is shorter than the pad. */
function paddedIndex(index: number, length: number, padded: number): number {
  if (index < length) return index;
  return padded - length < length ? 2 * (length - 1) - index : length - 1;
}
