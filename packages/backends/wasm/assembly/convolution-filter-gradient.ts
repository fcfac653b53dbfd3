import { copyPaddedRows, paddedRowBytes, slotOf } from './padded-rows';
import { CORNER, multiplyPanel, PANEL, PANEL_BYTES, pack, roundUp } from './panels';
import { FLOAT } from './vector';

/** Bytes of scratch that the gradient needs. */
export function convolutionFilterGradientScratch(
  inputWidth: i32,
  inputs: i32,
  outputWidth: i32,
  outputs: i32,
  filterHeight: i32,
  left: i32,
  right: i32,
): usize {
  const packed = (<usize>roundUp(outputs)) * FLOAT * <usize>outputWidth;
  const ring = (<usize>filterHeight) * paddedRowBytes(inputWidth, inputs, left, right);
  return PANEL_BYTES + CORNER + packed + ring;
}

/**
 * Gradient of a convolution by its filter: `x` [N,H,W,I] and `dy` [N,h,w,O] to `output` [kH,kW,I,O]. What lies under a
 * row of the filter, transposed, times a row of `dy` is added to that row of the gradient.
 */
export function convolutionFilterGradient(
  x: usize,
  dy: usize,
  output: usize,
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
  scratch: usize,
): void {
  const depth = filterWidth * inputs;
  const pixel = (<usize>outputs) * FLOAT;
  const filterRowBytes = pixel * <usize>depth;
  const corner = scratch + PANEL_BYTES;
  const packed = corner + CORNER;
  const ring = packed + (<usize>roundUp(outputs)) * FLOAT * <usize>outputWidth;
  const slotBytes = paddedRowBytes(inputWidth, inputs, left, right);
  const step = (<usize>(stride * inputs)) * FLOAT;
  const imageBytes = (<usize>(inputHeight * inputWidth)) * (<usize>inputs) * FLOAT;
  memory.fill(scratch, 0, PANEL_BYTES);
  memory.fill(output, 0, filterRowBytes * <usize>filterHeight);
  for (let image = 0; image < images; image++) {
    let copied = -top;
    for (let row = 0; row < outputHeight; row++) {
      const first = row * stride - top;
      copied = max(copied, first);
      copyPaddedRows(
        x,
        inputHeight,
        inputWidth,
        inputs,
        left,
        right,
        copied,
        first + filterHeight,
        ring,
        filterHeight,
      );
      copied = first + filterHeight;
      pack(dy, pixel, FLOAT, outputWidth, outputs, packed);
      for (let tapRow = 0; tapRow < filterHeight; tapRow++) {
        const met = ring + (<usize>slotOf(first + tapRow, filterHeight)) * slotBytes;
        const to = output + (<usize>tapRow) * filterRowBytes;
        for (let column = 0; column < outputs; column += PANEL) {
          const at = (<usize>column) * FLOAT;
          const panel = packed + at * <usize>outputWidth;
          multiplyPanel(
            met,
            FLOAT,
            step,
            panel,
            outputWidth,
            depth,
            scratch,
            true,
            to + at,
            pixel,
            outputs - column,
            scratch,
            corner,
          );
        }
      }
      dy += pixel * <usize>outputWidth;
    }
    x += imageBytes;
  }
}
