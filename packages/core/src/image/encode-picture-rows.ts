import { encodeRows } from './encode-rows';
import { ALPHA_REACH, enlargeAlpha } from './enlarge-alpha';
import type { ImageSamples } from './image';
import type { ImageSource } from './image-rows';
import { hasAlpha } from './visibility';

/** Makes samples of finished rows: RGB in [0,1], three values a pixel, from a row on. */
export type RowEncoder = (rows: Float32Array, firstRow: number) => Promise<ImageSamples>;

/**
 * Encodes the rows of a picture `scale` times the size of `like`: `encodeRows`, and its alpha enlarged. At
 * scale 1, the colour hidden under fully transparent pixels is the original's, whatever the rows say.
 */
export function rowEncoder(like: ImageSource, scale: number): RowEncoder {
  if (!hasAlpha(like)) return async (rows) => encodeRows(rows, like);
  const { height, channels } = like;
  const width = like.width * scale;
  const alphaOf = enlargeAlpha(like, scale);
  return async (rows, firstRow) => {
    const samples = encodeRows(rows, like);
    const count = samples.length / (width * channels);
    const top = Math.max(0, Math.floor(firstRow / scale) - ALPHA_REACH);
    const bottom = Math.min(height, Math.ceil((firstRow + count) / scale) + ALPHA_REACH);
    const original = await like.read(top, bottom - top);
    for (let row = 0; row < count; row++) {
      const alphas = alphaOf(firstRow + row, { samples: original, firstRow: top });
      for (let x = 0; x < width; x++) {
        const pixel = (row * width + x) * channels;
        const alpha = alphas[x] ?? 0;
        if (scale === 1 && alpha === 0) {
          const hidden = pixel + (firstRow - top) * width * channels;
          for (let color = 0; color < channels - 1; color++) {
            samples[pixel + color] = original[hidden + color] ?? 0;
          }
        }
        samples[pixel + channels - 1] = alpha;
      }
    }
    return samples;
  };
}
