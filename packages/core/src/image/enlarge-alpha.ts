import type { Image, ImageSamples } from './image';
import { fullScale } from './samples';

/** Some rows of a picture. */
export interface RowWindow {
  readonly samples: ImageSamples;
  /** Which row of the picture is the first of them. */
  readonly firstRow: number;
}

/** Rows above and below an enlarged one's own place that its alpha depends on. */
export const ALPHA_REACH = 2;

/**
 * Rows of an image's alpha channel at `scale` times its size, in its samples: Catmull-Rom interpolation
 * (Keys 1981, a = -1/2) between pixel centres, the border repeated, overshoot clamped. Constant
 * transparency stays exactly as it is, and so does all of it at scale 1. Only one row is ever held.
 * @param image the layout of one with alpha, its last channel
 * @returns a function from a row of the enlarged picture, and the picture's rows from `ALPHA_REACH` above it
 * to as many below, to the row's samples, valid until the next call
 */
export function enlargeAlpha(
  { width, height, channels }: Pick<Image, 'width' | 'height' | 'channels'>,
  scale: number,
): (row: number, window: RowWindow) => Float64Array {
  const across = Array.from({ length: width * scale }, (_, column) => tapAt(column, scale, width));
  const source = new Float64Array(width);
  const result = new Float64Array(width * scale);
  return (row, { samples, firstRow }) => {
    const largest = fullScale(samples);
    const round = samples instanceof Float32Array ? (value: number) => value : Math.round;
    const down = tapAt(row, scale, height);
    const at = (y: number, x: number) => samples[((y - firstRow) * width + x) * channels + channels - 1] ?? 0;
    for (let x = 0; x < width; x++) source[x] = interpolate(down, (y) => at(y, x));
    for (const [column, tap] of across.entries()) {
      const value = interpolate(tap, (x) => source[x] ?? 0);
      result[column] = round(Math.min(largest, Math.max(0, value)));
    }
    return result;
  };
}

/** Four neighbouring positions and the weights of all but the second, which has what is left of 1. */
interface Tap {
  readonly positions: readonly [number, number, number, number];
  readonly weights: readonly [number, number, number];
}

function tapAt(position: number, scale: number, length: number): Tap {
  const centre = (position + 0.5) / scale - 0.5;
  const first = Math.floor(centre);
  const t = centre - first;
  const inside = (index: number) => Math.min(length - 1, Math.max(0, index));
  return {
    positions: [inside(first - 1), inside(first), inside(first + 1), inside(first + 2)],
    weights: [(-t * (1 - t) * (1 - t)) / 2, (t * (1 + t * (4 - 3 * t))) / 2, (-t * t * (1 - t)) / 2],
  };
}

/** As differences to the second neighbour, so that equal values give exactly that value. */
function interpolate({ positions: [a, b, c, d], weights: [u, v, w] }: Tap, at: (position: number) => number) {
  const base = at(b);
  return base + u * (at(a) - base) + v * (at(c) - base) + w * (at(d) - base);
}
