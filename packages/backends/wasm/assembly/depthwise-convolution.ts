import { copyPaddedRows, paddedRowBytes, slotOf } from './padded-rows';
import { FLOAT, LANES, multiplyAdd } from './vector';

/** Three rows of so many columns that they stay in the innermost cache for every four channels. */
const STRIP_BYTES: usize = 16384;

/** Bytes of scratch that the convolution needs. */
export function depthwiseConvolutionScratch(inputWidth: i32, channels: i32): usize {
  return 3 * paddedRowBytes(inputWidth, channels, 1, 1);
}

/**
 * A depthwise 3×3 convolution of stride 1 with a margin of one zero: `x` [N,H,W,C] with `filter` [3,3,C] to `y`
 * [N,H,W,C], plus `bias` [C], or 0 for none. Four channels at a time, whose nine weights stay in registers along a row; two
 * pixels share what they both meet. Of every image rows `from` to `to` (exclusive) are computed. The channels must be whole vectors.
 */
export function depthwiseConvolution(
  x: usize,
  filter: usize,
  bias: usize,
  y: usize,
  images: i32,
  height: i32,
  width: i32,
  channels: i32,
  from: i32,
  to: i32,
  scratch: usize,
): void {
  const pixel = (<usize>channels) * FLOAT;
  const slotBytes = paddedRowBytes(width, channels, 1, 1);
  const rowBytes = (<usize>width) * pixel;
  // An even number of columns.
  const strip = max(2, <i32>(STRIP_BYTES / (3 * pixel)) & ~1);
  for (let image = 0; image < images; image++) {
    copyPaddedRows(x, height, width, channels, 1, 1, from - 1, from + 1, scratch, 3);
    for (let row = from; row < to; row++) {
      copyPaddedRows(x, height, width, channels, 1, 1, row + 1, row + 2, scratch, 3);
      const output = y + (<usize>row) * rowBytes;
      const above = scratch + (<usize>slotOf(row - 1, 3)) * slotBytes;
      const at = scratch + (<usize>slotOf(row, 3)) * slotBytes;
      const below = scratch + (<usize>slotOf(row + 1, 3)) * slotBytes;
      for (let first = 0; first < width; first += strip) {
        const columns = min(strip, width - first);
        const skipped = (<usize>first) * pixel;
        for (let channel = 0; channel < channels; channel += LANES) {
          const offset = (<usize>channel) * FLOAT;
          const place = skipped + offset;
          const start = bias == 0 ? f32x4.splat(0) : v128.load(bias + offset);
          fourChannels(above + place, at + place, below + place, filter + offset, start, output + place, columns, pixel);
        }
      }
    }
    x += (<usize>height) * rowBytes;
    y += (<usize>height) * rowBytes;
  }
}

@inline
function fourChannels(
  above: usize,
  at: usize,
  below: usize,
  filter: usize,
  start: v128,
  y: usize,
  width: i32,
  pixel: usize,
): void {
  const w00 = v128.load(filter);
  const w01 = v128.load(filter + pixel);
  const w02 = v128.load(filter + 2 * pixel);
  const w10 = v128.load(filter + 3 * pixel);
  const w11 = v128.load(filter + 4 * pixel);
  const w12 = v128.load(filter + 5 * pixel);
  const w20 = v128.load(filter + 6 * pixel);
  const w21 = v128.load(filter + 7 * pixel);
  const w22 = v128.load(filter + 8 * pixel);
  let column = 0;
  for (; column <= width - 2; column += 2) {
    let first = start;
    let second = start;
    let met = v128.load(above);
    first = multiplyAdd(met, w00, first);
    met = v128.load(above + pixel);
    first = multiplyAdd(met, w01, first);
    second = multiplyAdd(met, w00, second);
    met = v128.load(above + 2 * pixel);
    first = multiplyAdd(met, w02, first);
    second = multiplyAdd(met, w01, second);
    second = multiplyAdd(v128.load(above + 3 * pixel), w02, second);
    met = v128.load(at);
    first = multiplyAdd(met, w10, first);
    met = v128.load(at + pixel);
    first = multiplyAdd(met, w11, first);
    second = multiplyAdd(met, w10, second);
    met = v128.load(at + 2 * pixel);
    first = multiplyAdd(met, w12, first);
    second = multiplyAdd(met, w11, second);
    second = multiplyAdd(v128.load(at + 3 * pixel), w12, second);
    met = v128.load(below);
    first = multiplyAdd(met, w20, first);
    met = v128.load(below + pixel);
    first = multiplyAdd(met, w21, first);
    second = multiplyAdd(met, w20, second);
    met = v128.load(below + 2 * pixel);
    first = multiplyAdd(met, w22, first);
    second = multiplyAdd(met, w21, second);
    second = multiplyAdd(v128.load(below + 3 * pixel), w22, second);
    v128.store(y, first);
    v128.store(y + pixel, second);
    above += 2 * pixel;
    at += 2 * pixel;
    below += 2 * pixel;
    y += 2 * pixel;
  }
  if (column < width) {
    let sum = start;
    sum = multiplyAdd(v128.load(above), w00, sum);
    sum = multiplyAdd(v128.load(above + pixel), w01, sum);
    sum = multiplyAdd(v128.load(above + 2 * pixel), w02, sum);
    sum = multiplyAdd(v128.load(at), w10, sum);
    sum = multiplyAdd(v128.load(at + pixel), w11, sum);
    sum = multiplyAdd(v128.load(at + 2 * pixel), w12, sum);
    sum = multiplyAdd(v128.load(below), w20, sum);
    sum = multiplyAdd(v128.load(below + pixel), w21, sum);
    sum = multiplyAdd(v128.load(below + 2 * pixel), w22, sum);
    v128.store(y, sum);
  }
}
