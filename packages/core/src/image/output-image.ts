import type { Image, ImageSamples } from './image';
import { fullScale } from './samples';

/** A picture being filled with finished rows. */
export interface OutputImage {
  /**
   * Stores rows of RGB in [0,1], three values a pixel: clamped, scaled, rounded to the nearest level;
   * gray is the mean of the three.
   */
  writeRows(rows: Float32Array, firstRow: number): void;
  readonly image: Image;
}

/** An empty picture `scale` times the size of `like`, with its samples and channels, and its alpha enlarged. */
export function createOutputImage(like: Image, scale: number): OutputImage {
  const { channels } = like;
  const [width, height] = [like.width * scale, like.height * scale];
  const data = emptySamples(like.data, width * height * channels);
  const image: Image = { data, width, height, channels };
  const toSample = quantizer(data);
  const alphaOf = channels === 2 || channels === 4 ? alphaRows(like, scale) : undefined;
  return {
    image,
    writeRows(rows, firstRow) {
      const count = rows.length / (3 * width);
      for (let y = 0; y < count; y++) {
        const alpha = alphaOf?.(firstRow + y);
        for (let x = 0; x < width; x++) {
          const source = (y * width + x) * 3;
          const target = ((firstRow + y) * width + x) * channels;
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

function emptySamples(like: ImageSamples, length: number): ImageSamples {
  if (like instanceof Uint8Array) return new Uint8Array(length);
  return like instanceof Uint16Array ? new Uint16Array(length) : new Float32Array(length);
}

function quantizer(samples: ImageSamples): (value: number) => number {
  const scale = fullScale(samples);
  // NaN compares false and becomes 0.
  const clamp = (value: number) => (value > 0 ? Math.min(value, 1) : 0);
  return samples instanceof Float32Array ? clamp : (value) => Math.round(clamp(value) * scale);
}

/** Rows of the enlarged alpha channel, in samples, by bilinear interpolation between pixel centres. */
function alphaRows({ data, width, height, channels }: Image, scale: number): (row: number) => Float64Array {
  const at = (y: number, x: number) => data[(y * width + x) * channels + channels - 1] ?? 0;
  const round = data instanceof Float32Array ? (value: number) => value : Math.round;
  return (row) => {
    const [top, bottom, down] = neighbours(row, scale, height);
    return Float64Array.from({ length: width * scale }, (_, column) => {
      const [left, right, across] = neighbours(column, scale, width);
      const upper = at(top, left) * (1 - across) + at(top, right) * across;
      const lower = at(bottom, left) * (1 - across) + at(bottom, right) * across;
      return round(upper * (1 - down) + lower * down);
    });
  };
}

/** The two source positions around an enlarged one, and the weight of the second. */
function neighbours(position: number, scale: number, length: number): readonly [number, number, number] {
  const centre = Math.min(length - 1, Math.max(0, (position + 0.5) / scale - 0.5));
  const first = Math.floor(centre);
  return [first, Math.min(first + 1, length - 1), centre - first];
}
