/** An image's height and width, or a filter's. */
interface Extent {
  readonly height: number;
  readonly width: number;
}

/** Sizes of a depthwise convolution of stride 1. */
export interface DepthwiseSizes {
  readonly images: number;
  readonly channels: number;
  readonly input: Extent;
  readonly output: Extent;
  readonly filter: Extent;
  /** Zero rows above and zero columns to the left of the input. */
  readonly margin: { readonly top: number; readonly left: number };
}

/** Taps of a filter row that are summed in one pass. */
const TAPS = 3;

/**
 * Gradient of a depthwise convolution by its filter: the sum over all output pixels of the output gradient
 * `dy` [N,h,w,C] times the input `x` [N,H,W,C] under each tap, to [kH,kW,C].
 *
 * Along a row the values under three neighbouring taps slide by one column, so that one is read for each
 * pixel and three sums stay in registers, in double precision.
 */
export function depthwiseFilterSums(x: Float32Array, dy: Float32Array, sizes: DepthwiseSizes): Float64Array {
  const { images, channels, input, output, filter, margin } = sizes;
  const sums = new Float64Array(filter.height * filter.width * channels);
  for (let image = 0; image < images; image++) {
    for (let y = 0; y < output.height; y++) {
      for (let tapRow = 0; tapRow < filter.height; tapRow++) {
        const row = y + tapRow - margin.top;
        if (row < 0 || row >= input.height) continue;
        const xRow = (image * input.height + row) * input.width * channels;
        const dyRow = (image * output.height + y) * output.width * channels;
        for (let tap = 0; tap < filter.width; tap += TAPS) {
          addRow(x, dy, sums, { xRow, dyRow, sumRow: tapRow * filter.width, tap, sizes });
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
  readonly sizes: DepthwiseSizes;
}

function addRow(x: Float32Array, dy: Float32Array, sums: Float64Array, pass: RowPass): void {
  const { xRow, dyRow, sumRow, tap, sizes } = pass;
  const { channels, filter } = sizes;
  const inputWidth = sizes.input.width;
  const outputWidth = sizes.output.width;
  // The input column that the first tap meets at the first output pixel.
  const start = tap - sizes.margin.left;
  // Output columns at which the third tap lies inside the input.
  const first = -start - 2;
  const last = inputWidth - start - 2;
  for (let channel = 0; channel < channels; channel++) {
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let x0 = start >= 0 && start < inputWidth ? (x[xRow + start * channels + channel] ?? 0) : 0;
    let x1 = start + 1 >= 0 && start + 1 < inputWidth ? (x[xRow + (start + 1) * channels + channel] ?? 0) : 0;
    let next = xRow + (start + 2) * channels + channel;
    let current = dyRow + channel;
    for (let column = 0; column < outputWidth; column++) {
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
    if (tap + 1 < filter.width) sums[sum + channels] = (sums[sum + channels] ?? 0) + sum1;
    if (tap + 2 < filter.width) sums[sum + 2 * channels] = (sums[sum + 2 * channels] ?? 0) + sum2;
  }
}
