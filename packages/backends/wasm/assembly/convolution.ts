import { copyPaddedRows, paddedRowBytes, slotOf } from './padded-rows';
import { CORNER, multiplyPanel, PANEL, PANEL_BYTES, pack, roundUp } from './panels';
import { FLOAT } from './vector';

/** Output pixels that a panel of the filter is taken past while it lies in the cache, at least. */
const PIXELS = 64;

@inline
function rowsAtOnce(outputHeight: i32, outputWidth: i32): i32 {
  return min(outputHeight, (PIXELS + outputWidth - 1) / outputWidth);
}

@inline
function ringSlots(outputHeight: i32, outputWidth: i32, filterHeight: i32, stride: i32): i32 {
  return (rowsAtOnce(outputHeight, outputWidth) - 1) * stride + filterHeight;
}

/** Bytes of scratch that a convolution needs. */
export function convolutionScratch(
  inputWidth: i32,
  inputs: i32,
  outputHeight: i32,
  outputWidth: i32,
  outputs: i32,
  filterHeight: i32,
  filterWidth: i32,
  stride: i32,
  left: i32,
  right: i32,
): usize {
  const columns = (<usize>roundUp(outputs)) * FLOAT;
  const filter = columns * <usize>(filterHeight * filterWidth * inputs);
  const slots = <usize>ringSlots(outputHeight, outputWidth, filterHeight, stride);
  return columns + PANEL_BYTES + CORNER + filter + slots * paddedRowBytes(inputWidth, inputs, left, right);
}

/**
 * A convolution of images `x` [N,H,W,I] with `filter` [kH,kW,I,O] to `y` [N,h,w,O], plus `bias` [O], or 0 for none.
 * `top` is the zero rows above; `left` and `right` are the zero columns beside. Of every image rows `from` to `to` (exclusive)
 * are computed.
 *
 * Under a row of the filter lie kW·I neighbouring floats of a padded input row: each is a row of a matrix whose rows
 * overlap, so a convolution is one matrix product for each row of the filter and of the output. Input rows are padded in a
 * ring that stays in the cache.
 */
export function convolution(
  x: usize,
  filter: usize,
  bias: usize,
  y: usize,
  images: i32,
  inputHeight: i32,
  inputWidth: i32,
  inputs: i32,
  outputHeight: i32,
  outputWidth: i32,
  outputs: i32,
  filterHeight: i32,
  filterWidth: i32,
  stride: i32,
  top: i32,
  left: i32,
  right: i32,
  from: i32,
  to: i32,
  scratch: usize,
): void {
  const columnBytes = (<usize>roundUp(outputs)) * FLOAT;
  const depth = filterWidth * inputs;
  const zeros = scratch + columnBytes;
  const corner = zeros + PANEL_BYTES;
  const packed = corner + CORNER;
  const filterRowBytes = columnBytes * <usize>depth;
  const ring = packed + filterRowBytes * <usize>filterHeight;
  memory.fill(scratch, 0, columnBytes + PANEL_BYTES);
  const yPixel = (<usize>outputs) * FLOAT;
  if (bias != 0) memory.copy(scratch, bias, yPixel);
  for (let tapRow = 0; tapRow < filterHeight; tapRow++) {
    const at = <usize>tapRow;
    pack(filter + at * yPixel * <usize>depth, yPixel, FLOAT, depth, outputs, packed + at * filterRowBytes);
  }
  const slots = ringSlots(outputHeight, outputWidth, filterHeight, stride);
  const slotBytes = paddedRowBytes(inputWidth, inputs, left, right);
  const step = (<usize>(stride * inputs)) * FLOAT;
  const yRow = (<usize>outputWidth) * yPixel;
  const block = rowsAtOnce(outputHeight, outputWidth);
  const imageBytes = (<usize>(inputHeight * inputWidth)) * (<usize>inputs) * FLOAT;
  for (let image = 0; image < images; image++) {
    let copied = from * stride - top;
    for (let first = from; first < to; first += block) {
      const last = min(to, first + block);
      const needed = (last - 1) * stride - top + filterHeight;
      copied = max(copied, first * stride - top);
      copyPaddedRows(x, inputHeight, inputWidth, inputs, left, right, copied, needed, ring, slots);
      copied = needed;
      for (let column = 0; column < outputs; column += PANEL) {
        const at = (<usize>column) * FLOAT;
        for (let tapRow = 0; tapRow < filterHeight; tapRow++) {
          const panel = packed + (<usize>tapRow) * filterRowBytes + at * <usize>depth;
          for (let row = first; row < last; row++) {
            const slot = slotOf(row * stride - top + tapRow, slots);
            multiplyPanel(
              ring + (<usize>slot) * slotBytes,
              step,
              FLOAT,
              panel,
              depth,
              outputWidth,
              scratch + at,
              tapRow > 0,
              y + (<usize>row) * yRow + at,
              yPixel,
              outputs - column,
              zeros,
              corner,
            );
          }
        }
      }
    }
    x += imageBytes;
    y += (<usize>outputHeight) * yRow;
  }
}
