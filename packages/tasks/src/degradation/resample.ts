import type { FloatImage } from './float-image';

/** How each sample of a resized row or column is made: from `count` samples, by weights. */
export interface ResampleTaps {
  /** Samples of the result. */
  readonly length: number;
  /** Weights for each sample of the result. */
  readonly count: number;
  /** `length` × `count`: which samples of the original. */
  readonly indices: Int32Array;
  /** `length` × `count`. */
  readonly weights: Float64Array;
}

/** What one sample of the result is made of: weights for neighbouring samples, which may lie outside. */
export interface TapRow {
  readonly first: number;
  readonly weights: readonly number[];
}

/**
 * The taps of a whole row or column.
 * @param inside where a sample outside the original is taken from
 */
export function collectTaps(rows: readonly TapRow[], inside: (index: number) => number): ResampleTaps {
  const count = Math.max(...rows.map((row) => row.weights.length));
  const indices = new Int32Array(rows.length * count);
  const weights = new Float64Array(rows.length * count);
  rows.forEach((row, at) => {
    for (let tap = 0; tap < count; tap++) {
      const weight = row.weights[tap];
      // Rows with fewer weights repeat their first sample with weight 0.
      indices[at * count + tap] = inside(weight === undefined ? row.first : row.first + tap);
      weights[at * count + tap] = weight ?? 0;
    }
  });
  return { length: rows.length, count, indices, weights };
}

/** Resizes every column, then every row; nothing is clamped. */
export function resample(image: FloatImage, columns: ResampleTaps, rows: ResampleTaps): FloatImage {
  return resampleRows(resampleColumns(image, columns), rows);
}

/** Resizes every column: the height changes. */
export function resampleColumns(image: FloatImage, taps: ResampleTaps): FloatImage {
  const { data, width, channels } = image;
  const stride = width * channels;
  const result = new Float32Array(taps.length * stride);
  const sums = new Float64Array(stride);
  for (let y = 0; y < taps.length; y++) {
    sums.fill(0);
    for (let tap = y * taps.count; tap < (y + 1) * taps.count; tap++) {
      const weight = taps.weights[tap] ?? 0;
      if (weight === 0) continue;
      const start = (taps.indices[tap] ?? 0) * stride;
      for (let i = 0; i < stride; i++) sums[i] = (sums[i] ?? 0) + weight * (data[start + i] ?? 0);
    }
    result.set(sums, y * stride);
  }
  return { data: result, width, height: taps.length, channels };
}

/** Resizes every row: the width changes. */
export function resampleRows(image: FloatImage, taps: ResampleTaps): FloatImage {
  const { data, width, height, channels } = image;
  const result = new Float32Array(taps.length * height * channels);
  for (let y = 0; y < height; y++) {
    const start = y * width * channels;
    for (let x = 0; x < taps.length; x++) {
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        for (let tap = x * taps.count; tap < (x + 1) * taps.count; tap++) {
          const source = start + (taps.indices[tap] ?? 0) * channels + channel;
          sum += (taps.weights[tap] ?? 0) * (data[source] ?? 0);
        }
        result[(y * taps.length + x) * channels + channel] = sum;
      }
    }
  }
  return { data: result, width: taps.length, height, channels };
}
