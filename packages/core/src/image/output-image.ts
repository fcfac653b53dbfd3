import { enlargeAlpha } from './enlarge-alpha';
import type { Image, ImageSamples } from './image';
import { emptySamples, fullScale } from './samples';

/** A picture being filled with finished rows. */
export interface OutputImage {
  /**
   * Stores rows of RGB in [0,1], three values a pixel: clamped, scaled, rounded to the nearest level;
   * gray is the mean of the three.
   */
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
  const data = emptySamples(like.data, width * height * channels);
  const image: Image = { data, width, height, channels };
  const toSample = quantizer(data);
  const alphaOf = channels === 2 || channels === 4 ? enlargeAlpha(like, scale) : undefined;
  return {
    image,
    writeRows(rows, firstRow) {
      const count = rows.length / (3 * width);
      for (let y = 0; y < count; y++) {
        const alpha = alphaOf?.(firstRow + y);
        for (let x = 0; x < width; x++) {
          const source = (y * width + x) * 3;
          const target = ((firstRow + y) * width + x) * channels;
          if (scale === 1 && alpha?.[x] === 0) {
            data.set(like.data.subarray(target, target + channels), target);
            continue;
          }
          const [red = 0, green = 0, blue = 0] = [rows[source], rows[source + 1], rows[source + 2]];
          if (channels >= 3) {
            data[target] = toSample(red);
            data[target + 1] = toSample(green);
            data[target + 2] = toSample(blue);
          } else {
            data[target] = toSample((red + green + blue) / 3);
          }
          if (alpha !== undefined) data[target + channels - 1] = alpha[x] ?? 0;
        }
      }
    },
  };
}

function quantizer(samples: ImageSamples): (value: number) => number {
  const scale = fullScale(samples);
  // NaN compares false and becomes 0.
  const clamp = (value: number) => (value > 0 ? Math.min(value, 1) : 0);
  return samples instanceof Float32Array ? clamp : (value) => Math.round(clamp(value) * scale);
}
