import { type Image, ImageError } from '@diffir/core';

/** An image with samples in [0, 1], as a blur takes and gives it. */
export interface FloatImage extends Image {
  readonly data: Float32Array;
}

/** A square convolution kernel of odd side, row by row; its middle sample lies on the pixel itself. */
export interface BlurKernel {
  readonly size: number;
  readonly weights: Float64Array;
}

interface Tap {
  readonly dx: number;
  readonly dy: number;
  readonly weight: number;
}

/**
 * Convolves every channel with the kernel, in the image's own (sRGB) encoding. Borders are mirrored
 * about the outermost pixel, which is not repeated: … 2 1 | 0 1 2 …. The sum is a correlation (the kernel
 * is not turned round), so a kernel sample at (+x, +y) brings in the pixel at (+x, +y).
 *
 * @throws {ImageError} if the image has alpha, whose colours would bleed, or is no wider or higher than
 *   the kernel reaches.
 */
export function convolveMirrored(image: FloatImage, kernel: BlurKernel): FloatImage {
  const { data, width, height, channels } = image;
  const reach = (kernel.size - 1) / 2;
  if (channels === 2 || channels === 4) {
    throw new ImageError({
      problem: `blurring takes gray or RGB images, not ${channels} channels`,
      remedy: 'remove the alpha channel first',
    });
  }
  if (Math.min(width, height) <= reach) {
    throw new ImageError({
      problem: `an image of ${width}×${height} is too small for a kernel of ${kernel.size}×${kernel.size}`,
      remedy: `use an image of at least ${reach + 1}×${reach + 1}`,
    });
  }
  const blurred = new Float32Array(data.length);
  const sums = new Float64Array(width * channels);
  const padded = new Float32Array((width + 2 * reach) * channels);
  const taps = tapsByRow(kernel);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (const [dy, row] of taps) {
      padRow(image, mirror(y + dy, height), reach, padded);
      for (const { dx, weight } of row) {
        addScaled(sums, padded.subarray((dx + reach) * channels), weight);
      }
    }
    blurred.set(sums, y * width * channels);
  }
  return { data: blurred, width, height, channels };
}

/** The kernel's non-zero samples: a camera-shake path leaves most of the grid empty. */
function tapsByRow({ size, weights }: BlurKernel): ReadonlyMap<number, readonly Tap[]> {
  const reach = (size - 1) / 2;
  const rows = new Map<number, Tap[]>();
  weights.forEach((weight, index) => {
    if (weight === 0) return;
    const tap = { dx: (index % size) - reach, dy: Math.floor(index / size) - reach, weight };
    const row = rows.get(tap.dy);
    if (row === undefined) rows.set(tap.dy, [tap]);
    else row.push(tap);
  });
  return rows;
}

/** Copies row `y` into `padded`, with `reach` mirrored pixels on either side. */
function padRow(image: FloatImage, y: number, reach: number, padded: Float32Array): void {
  const { data, width, channels } = image;
  const row = data.subarray(y * width * channels, (y + 1) * width * channels);
  padded.set(row, reach * channels);
  for (let outside = 1; outside <= reach; outside++) {
    for (const x of [-outside, width - 1 + outside]) {
      const from = mirror(x, width) * channels;
      padded.set(row.subarray(from, from + channels), (x + reach) * channels);
    }
  }
}

function addScaled(sums: Float64Array, samples: Float32Array, weight: number): void {
  for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] ?? 0) + weight * (samples[i] ?? 0);
}

/** The index inside [0, length) that a mirror at either outermost pixel shows at `index`. */
function mirror(index: number, length: number): number {
  if (index < 0) return -index;
  return index < length ? index : 2 * (length - 1) - index;
}
