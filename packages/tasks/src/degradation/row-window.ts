import type { FloatImage } from './float-image';

/** How far a window reaches from its pixel. */
export interface Reach {
  readonly x: number;
  readonly y: number;
}

/**
 * The rows around a row of an image, with mirrored pixels on either side, as doubles: those add up
 * faster than singles, and few rows fit the processor's cache.
 */
export interface RowWindow {
  readonly samples: Float64Array;
  /** Moves to row `y`; rows are gone through from the top. */
  moveTo(y: number): void;
  /** Where in `samples` the row at `dy` from the current one starts, moved by `dx` pixels. */
  startOf(dx: number, dy: number): number;
}

/** The rows as they are, for every `dy` from −reach.y to reach.y. */
export function createRowWindow(image: FloatImage, reach: Reach): RowWindow {
  const { data, width, height, channels } = image;
  const slots = Math.min(height, 2 * reach.y + 1);
  const stride = strideOf(image, reach);
  const samples = new Float64Array(slots * stride);
  let loaded = 0;
  let current = 0;
  return {
    samples,
    moveTo(y) {
      current = y;
      for (; loaded <= Math.min(height - 1, y + reach.y); loaded++) {
        const row = data.subarray(loaded * width * channels, (loaded + 1) * width * channels);
        const start = (loaded % slots) * stride;
        samples.set(row, start + reach.x * channels);
        for (let outside = 1; outside <= reach.x; outside++) {
          for (const x of [-outside, width - 1 + outside]) {
            const from = mirror(x, width) * channels;
            samples.set(row.subarray(from, from + channels), start + (x + reach.x) * channels);
          }
        }
      }
    },
    startOf: (dx, dy) => (mirror(current + dy, height) % slots) * stride + (reach.x + dx) * channels,
  };
}

/** Sums of the rows at −dy and dy, for every `dy` from 0: all that a kernel needs whose halves are alike. */
export function createFoldedWindow(image: FloatImage, reach: Reach): RowWindow {
  const rows = createRowWindow(image, reach);
  const stride = strideOf(image, reach);
  const samples = new Float64Array((reach.y + 1) * stride);
  return {
    samples,
    moveTo(y) {
      rows.moveTo(y);
      const middle = rows.startOf(-reach.x, 0);
      samples.set(rows.samples.subarray(middle, middle + stride));
      for (let dy = 1; dy <= reach.y; dy++) {
        const [above, below] = [rows.startOf(-reach.x, -dy), rows.startOf(-reach.x, dy)];
        for (let i = 0; i < stride; i++) {
          samples[dy * stride + i] = (rows.samples[above + i] ?? 0) + (rows.samples[below + i] ?? 0);
        }
      }
    },
    startOf: (dx, dy) => dy * stride + (reach.x + dx) * image.channels,
  };
}

function strideOf({ width, channels }: FloatImage, reach: Reach): number {
  return (width + 2 * reach.x) * channels;
}

/** The index inside [0, length) that a mirror at either outermost pixel shows at `index`. */
function mirror(index: number, length: number): number {
  if (index < 0) return -index;
  return index < length ? index : 2 * (length - 1) - index;
}
