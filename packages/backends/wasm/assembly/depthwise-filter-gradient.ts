import { FLOAT, LANES, multiplyAdd } from './vector';

/** Taps of a filter row that are summed in one pass. */
const TAPS = 3;
const DOUBLE: usize = 8;

/**
 * Gradient of a depthwise convolution of stride 1 by its filter: the sum over all output pixels of `dy`
 * [N,h,w,C] times the input `x` [N,H,W,C] under each tap, to `output` [kH,kW,C]. `top` and `left` are the input's margin of
 * zeros. `totals` is room for kH·kW·C doubles.
 *
 * Along a row the values under three neighbouring taps slide by one column, so that one is read for each
 * pixel and three sums stay in registers; sums of rows are added in double precision.
 */
export function depthwiseFilterGradient(
  x: usize,
  dy: usize,
  output: usize,
  images: i32,
  channels: i32,
  inputHeight: i32,
  inputWidth: i32,
  outputHeight: i32,
  outputWidth: i32,
  filterHeight: i32,
  filterWidth: i32,
  top: i32,
  left: i32,
  totals: usize,
): void {
  const count = filterHeight * filterWidth * channels;
  memory.fill(totals, 0, (<usize>count) * DOUBLE);
  const pixel = (<usize>channels) * FLOAT;
  const whole = channels & ~(LANES - 1);
  for (let image = 0; image < images; image++) {
    for (let y = 0; y < outputHeight; y++) {
      const dyRow = dy + (<usize>((image * outputHeight + y) * outputWidth)) * pixel;
      for (let tapRow = 0; tapRow < filterHeight; tapRow++) {
        const row = y + tapRow - top;
        if (row < 0 || row >= inputHeight) continue;
        const xRow = x + (<usize>((image * inputHeight + row) * inputWidth)) * pixel;
        for (let tap = 0; tap < filterWidth; tap += TAPS) {
          const total = totals + (<usize>((tapRow * filterWidth + tap) * channels)) * DOUBLE;
          const taps = min(TAPS, filterWidth - tap);
          let channel = 0;
          for (; channel < whole; channel += LANES) {
            const at = (<usize>channel) * FLOAT;
            addRow(true, xRow + at, dyRow + at, total + at * 2, channels, inputWidth, outputWidth, tap - left, taps);
          }
          for (; channel < channels; channel++) {
            const at = (<usize>channel) * FLOAT;
            addRow(false, xRow + at, dyRow + at, total + at * 2, channels, inputWidth, outputWidth, tap - left, taps);
          }
        }
      }
    }
  }
  for (let i = 0; i < count; i++) {
    store<f32>(output + (<usize>i) * FLOAT, <f32>load<f64>(totals + (<usize>i) * DOUBLE));
  }
}

/** Four channels, or one in the first lane. */
@inline
function read(four: bool, at: usize): v128 {
  return four ? v128.load(at) : v128.load32_zero(at);
}

@inline
function addTo(four: bool, total: usize, sums: v128): void {
  if (four) {
    v128.store(total, f64x2.add(v128.load(total), f64x2.promote_low_f32x4(sums)));
    const high = f64x2.promote_low_f32x4(i32x4.shuffle(sums, sums, 2, 3, 2, 3));
    v128.store(total, f64x2.add(v128.load(total, 16), high), 16);
  } else {
    store<f64>(total, load<f64>(total) + <f64>f32x4.extract_lane(sums, 0));
  }
}

/** One row of pixels, whose first input column is `start`; up to three taps. */
@inline
function addRow(
  four: bool,
  x: usize,
  dy: usize,
  total: usize,
  channels: i32,
  inputWidth: i32,
  outputWidth: i32,
  start: i32,
  taps: i32,
): void {
  const pixel = (<usize>channels) * FLOAT;
  const none = f32x4.splat(0);
  let sum0 = none;
  let sum1 = none;
  let sum2 = none;
  let x0 = start >= 0 && start < inputWidth ? read(four, x + (<usize>start) * pixel) : none;
  let x1 = start + 1 >= 0 && start + 1 < inputWidth ? read(four, x + (<usize>(start + 1)) * pixel) : none;
  let column = start + 2;
  for (let i = 0; i < outputWidth; i++) {
    const x2 = column >= 0 && column < inputWidth ? read(four, x + (<usize>column) * pixel) : none;
    const gradient = read(four, dy);
    sum0 = multiplyAdd(x0, gradient, sum0);
    sum1 = multiplyAdd(x1, gradient, sum1);
    sum2 = multiplyAdd(x2, gradient, sum2);
    x0 = x1;
    x1 = x2;
    column++;
    dy += pixel;
  }
  const next = (<usize>channels) * DOUBLE;
  addTo(four, total, sum0);
  if (taps > 1) addTo(four, total + next, sum1);
  if (taps > 2) addTo(four, total + 2 * next, sum2);
}
