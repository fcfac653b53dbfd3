import type { BlurKernel } from '@diffir/core';
import { ImageError } from '@diffir/core';
import { assertOpaque, type FloatImage } from './float-image';
import { factorKernel, type KernelFactors } from './kernel-factors';
import { createFoldedWindow, createRowWindow, type RowWindow } from './row-window';

/** A kernel's samples that count: their places from the middle, and their weights. */
interface Taps {
  readonly dx: readonly number[];
  readonly dy: readonly number[];
  readonly weights: readonly number[];
}

/**
 * Convolves every channel with the kernel, in the image's own (sRGB) encoding. Borders are mirrored
 * about the outermost pixel, which is not repeated: … 2 1 | 0 1 2 …. The sum is a correlation (the kernel
 * is not turned round), so a kernel sample at (+x, +y) brings in the pixel at (+x, +y). A kernel that is
 * the product of a column and a row is applied as these two, one after the other.
 *
 * @throws {ImageError} if the image has alpha, whose colours would bleed, or is no wider or higher than
 *   the kernel reaches.
 */
export function convolveMirrored(image: FloatImage, kernel: BlurKernel): FloatImage {
  const { width, height } = image;
  const reach = (kernel.size - 1) / 2;
  assertOpaque(image);
  if (Math.min(width, height) <= reach) {
    throw new ImageError({
      problem: `an image of ${width}×${height} is too small for a kernel of ${kernel.size}×${kernel.size}`,
      remedy: `use an image of at least ${reach + 1}×${reach + 1}`,
    });
  }
  const factors = factorKernel(kernel);
  if (factors !== undefined) return convolveByFactors(image, factors);
  const taps = tapsOf(kernel);
  const both = { x: reach, y: reach };
  if (!hasAlikeHalves(kernel)) return correlate(image, taps, createRowWindow(image, both));
  return correlate(image, lowerHalf(taps), createFoldedWindow(image, both));
}

function convolveByFactors(image: FloatImage, { row, column }: KernelFactors): FloatImage {
  const reach = (row.length - 1) / 2;
  const zeros = row.map(() => 0);
  const across = row.map((_, index) => index - reach);
  const rowTaps = { dx: across, dy: zeros, weights: row };
  const once = correlate(image, rowTaps, createRowWindow(image, { x: reach, y: 0 }));
  const columnTaps = { dx: zeros, dy: across, weights: column };
  return correlate(once, columnTaps, createRowWindow(once, { x: 0, y: reach }));
}

// All weights below this part of the largest together change no sample by a thousandth of an 8-bit level.
const NEGLIGIBLE = 1e-9;

/** A camera-shake path leaves most of the grid empty, and a narrow Gaussian nearly so. */
function tapsOf({ size, weights }: BlurKernel): Taps {
  const reach = (size - 1) / 2;
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const used = Array.from(weights.keys()).filter(
    (index) => Math.abs(weights[index] ?? 0) > NEGLIGIBLE * largest,
  );
  return {
    dx: used.map((index) => (index % size) - reach),
    dy: used.map((index) => Math.floor(index / size) - reach),
    weights: used.map((index) => weights[index] ?? 0),
  };
}

/** Whether the rows above the middle are those below, bit for bit, as in all round kernels. */
function hasAlikeHalves({ size, weights }: BlurKernel): boolean {
  return weights.every((weight, index) => {
    const [x, y] = [index % size, Math.floor(index / size)];
    return weight === weights[(size - 1 - y) * size + x];
  });
}

function lowerHalf({ dx, dy, weights }: Taps): Taps {
  const isLower = (_: number, tap: number) => (dy[tap] ?? 0) >= 0;
  return { dx: dx.filter(isLower), dy: dy.filter(isLower), weights: weights.filter(isLower) };
}

function correlate(image: FloatImage, { dx, dy, weights }: Taps, window: RowWindow): FloatImage {
  const { data, width, height, channels } = image;
  const result = new Float32Array(data.length);
  const sums = new Float64Array(width * channels);
  const starts = new Int32Array(dx.length);
  for (let y = 0; y < height; y++) {
    window.moveTo(y);
    for (let tap = 0; tap < starts.length; tap++) {
      starts[tap] = window.startOf(dx[tap] ?? 0, dy[tap] ?? 0);
    }
    sumTaps(sums, window.samples, starts, weights);
    result.set(sums, y * width * channels);
  }
  return { data: result, width, height, channels };
}

const GROUP = 8;

/** sums[i] = Σ weight · samples[start + i], added in the taps' order; several taps a pass save most of the time. */
function sumTaps(
  sums: Float64Array,
  samples: Float64Array,
  starts: Int32Array,
  weights: readonly number[],
): void {
  sums.fill(0);
  for (let tap = 0; tap < starts.length; tap += GROUP) addGroup(sums, samples, { starts, weights, tap });
}

interface TapGroup {
  readonly starts: Int32Array;
  readonly weights: readonly number[];
  /** First tap of the group. */
  readonly tap: number;
}

/** Where fewer taps are left than make a group, the others have weight 0. */
function addGroup(sums: Float64Array, s: Float64Array, { starts, weights, tap }: TapGroup): void {
  const p0 = starts[tap] ?? 0;
  const w0 = weights[tap] ?? 0;
  const p1 = starts[tap + 1] ?? 0;
  const w1 = weights[tap + 1] ?? 0;
  const p2 = starts[tap + 2] ?? 0;
  const w2 = weights[tap + 2] ?? 0;
  const p3 = starts[tap + 3] ?? 0;
  const w3 = weights[tap + 3] ?? 0;
  const p4 = starts[tap + 4] ?? 0;
  const w4 = weights[tap + 4] ?? 0;
  const p5 = starts[tap + 5] ?? 0;
  const w5 = weights[tap + 5] ?? 0;
  const p6 = starts[tap + 6] ?? 0;
  const w6 = weights[tap + 6] ?? 0;
  const p7 = starts[tap + 7] ?? 0;
  const w7 = weights[tap + 7] ?? 0;
  for (let i = 0; i < sums.length; i++) {
    sums[i] =
      (sums[i] ?? 0) +
      w0 * (s[p0 + i] ?? 0) +
      w1 * (s[p1 + i] ?? 0) +
      w2 * (s[p2 + i] ?? 0) +
      w3 * (s[p3 + i] ?? 0) +
      w4 * (s[p4 + i] ?? 0) +
      w5 * (s[p5 + i] ?? 0) +
      w6 * (s[p6 + i] ?? 0) +
      w7 * (s[p7 + i] ?? 0);
  }
}
