import { encodeRows } from './encode-rows';
import { enlargeAlpha } from './enlarge-alpha';
import type { Image } from './image';
import { bitsOf, emptySamples } from './samples';

/** A picture being filled with finished rows. */
export interface OutputImage {
  /** Stores rows of RGB in [0,1], three values a pixel, as `encodeRows` makes samples of them. */
  writeRows(rows: Float32Array, firstRow: number): void;
  readonly image: Image;
}

/**
 * An empty picture `scale` times the size of `like`, with its samples and channels, and its alpha enlarged.
 * At scale 1, the colour hidden under fully transparent pixels is the original's, whatever is written.
 */
export function createOutputImage(like: Image, scale: number): OutputImage {
  const { channels } = like;
  const [width, height] = [like.width * scale, like.height * scale];
  const bits = bitsOf(like.data);
  const data = emptySamples(bits, width * height * channels);
  const image: Image = { data, width, height, channels };
  const alphaOf = channels === 2 || channels === 4 ? enlargeAlpha(like, scale) : undefined;
  const writeAlpha = (row: number) => {
    for (const [x, alpha] of alphaOf?.(row).entries() ?? []) {
      const pixel = (row * width + x) * channels;
      if (scale === 1 && alpha === 0) data.set(like.data.subarray(pixel, pixel + channels), pixel);
      data[pixel + channels - 1] = alpha;
    }
  };
  return {
    image,
    writeRows(rows, firstRow) {
      data.set(encodeRows(rows, { channels, bits }), firstRow * width * channels);
      const count = rows.length / (3 * width);
      for (let row = firstRow; row < firstRow + count; row++) writeAlpha(row);
    },
  };
}
