import type { ConvGeometry } from './conv-geometry';

/** Taps of a filter row that are summed in one pass. */
const TAPS = 3;

/**
 * Gradient of a depthwise convolution of stride 1 by its filter: the sum over all output pixels of the output
 * gradient `dy` [N,h,w,C] times the input `x` [N,H,W,C] under each tap, to [kH,kW,C].
 *
 * Along a row the values under three neighbouring taps slide by one column, so that one is read for each
 * pixel and three sums stay in registers, in double precision.
 */
export function depthwiseFilterSums(x: Float32Array, dy: Float32Array, geometry: ConvGeometry): Float64Array {
  const { batchSize, inChannels, inHeight, inWidth, outHeight, outWidth, padInfo } = geometry;
  const { filterHeight, filterWidth } = geometry;
  const sums = new Float64Array(filterHeight * filterWidth * inChannels);
  for (let image = 0; image < batchSize; image++) {
    for (let y = 0; y < outHeight; y++) {
      for (let tapRow = 0; tapRow < filterHeight; tapRow++) {
        const row = y + tapRow - padInfo.top;
        if (row < 0 || row >= inHeight) continue;
        const xRow = (image * inHeight + row) * inWidth * inChannels;
        const dyRow = (image * outHeight + y) * outWidth * inChannels;
        for (let tap = 0; tap < filterWidth; tap += TAPS) {
          addRow(x, dy, sums, { xRow, dyRow, sumRow: tapRow * filterWidth, tap, geometry });
        }
      }
    }
  }
  return sums;
}

interface RowPass {
  readonly xRow: number;
  readonly dyRow: number;
  readonly sumRow: number;
  /** The first of the taps. */
  readonly tap: number;
  readonly geometry: ConvGeometry;
}

function addRow(x: Float32Array, dy: Float32Array, sums: Float64Array, pass: RowPass): void {
  const { xRow, dyRow, sumRow, tap, geometry } = pass;
  const { inChannels: channels, inWidth, outWidth, filterWidth, padInfo } = geometry;
  // The input column that the first tap meets at the first output pixel.
  const start = tap - padInfo.left;
  // Output columns at which the third tap lies inside the input.
  const first = -start - 2;
  const last = inWidth - start - 2;
  for (let channel = 0; channel < channels; channel++) {
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let x0 = start >= 0 && start < inWidth ? (x[xRow + start * channels + channel] ?? 0) : 0;
    let x1 = start + 1 >= 0 && start + 1 < inWidth ? (x[xRow + (start + 1) * channels + channel] ?? 0) : 0;
    let next = xRow + (start + 2) * channels + channel;
    let current = dyRow + channel;
    for (let column = 0; column < outWidth; column++) {
      const x2 = column >= first && column < last ? (x[next] ?? 0) : 0;
      const gradient = dy[current] ?? 0;
      sum0 += x0 * gradient;
      sum1 += x1 * gradient;
      sum2 += x2 * gradient;
      x0 = x1;
      x1 = x2;
      next += channels;
      current += channels;
    }
    const sum = (sumRow + tap) * channels + channel;
    sums[sum] = (sums[sum] ?? 0) + sum0;
    if (tap + 1 < filterWidth) sums[sum + channels] = (sums[sum + channels] ?? 0) + sum1;
    if (tap + 2 < filterWidth) sums[sum + 2 * channels] = (sums[sum + 2 * channels] ?? 0) + sum2;
  }
}
