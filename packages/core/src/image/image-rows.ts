import { ImageError } from '../errors/image-error';
import type { Image, ImageSamples } from './image';
import { bitsOf, type SampleBits } from './samples';

/** A picture that is read row by row, so that it need not be in memory. */
export interface ImageSource {
  readonly width: number;
  readonly height: number;
  readonly channels: Image['channels'];
  /** What the samples are: integers of 8 or 16 bits, or floats in [0,1]. */
  readonly bits: SampleBits;
  /**
   * The samples of `count` rows from `firstRow` on, all of them inside; not to be changed. Rows may be
   * asked for in any order and more than once, also while others are still being read.
   */
  read(firstRow: number, count: number): ImageSamples | Promise<ImageSamples>;
}

/** Where the finished rows of a picture go. */
export interface ImageSink {
  /** Takes whole rows of samples. They come in order, each once, one call after the other. */
  write(samples: ImageSamples, firstRow: number): void | Promise<void>;
}

/** An image in memory as a source of its rows. */
export function imageSource({ data, width, height, channels }: Image): ImageSource {
  const rowLength = width * channels;
  return {
    width,
    height,
    channels,
    bits: bitsOf(data),
    read: (firstRow, count) => data.subarray(firstRow * rowLength, (firstRow + count) * rowLength),
  };
}

/** Rows that are held, or on their way. */
interface HeldRows {
  readonly firstRow: number;
  readonly count: number;
  readonly samples: Promise<ImageSamples>;
}

/**
 * A source that holds what it read last, and the time before: neighbouring tiles ask for the same rows,
 * and those of one row of tiles are composed while the next one's are under way.
 * @throws what the source throws; ImageError when it gives other samples than it was asked for
 */
export function rememberRows(source: ImageSource): ImageSource {
  const rowLength = source.width * source.channels;
  let held: readonly HeldRows[] = [];
  const hold = (firstRow: number, count: number): HeldRows => {
    const rows = { firstRow, count, samples: readChecked(source, firstRow, count) };
    held = [rows, ...held.slice(0, 1)];
    return rows;
  };
  return {
    ...source,
    async read(firstRow, count) {
      const known = held.find(
        (rows) => rows.firstRow <= firstRow && firstRow + count <= rows.firstRow + rows.count,
      );
      const { firstRow: start, samples } = known ?? hold(firstRow, count);
      return (await samples).subarray((firstRow - start) * rowLength, (firstRow - start + count) * rowLength);
    },
  };
}

async function readChecked(source: ImageSource, firstRow: number, count: number): Promise<ImageSamples> {
  const samples = await source.read(firstRow, count);
  const expected = count * source.width * source.channels;
  if (samples.length === expected && bitsOf(samples) === source.bits) return samples;
  throw new ImageError({
    subject: 'image',
    problem: `its rows have ${samples.length} samples of ${bitsOf(samples)} bits, not ${expected} of ${source.bits}`,
  });
}
