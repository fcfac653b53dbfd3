import { FLOAT } from './vector';

/**
 * Copies rows `first` to `last` (exclusive) of an image [H,W,C] into a ring of `slots` rows with `left` and `right`
 * columns of zeros beside them; rows outside the image are zeros. Row r lies in slot r mod slots.
 */
export function copyPaddedRows(
  image: usize,
  height: i32,
  width: i32,
  channels: i32,
  left: i32,
  right: i32,
  first: i32,
  last: i32,
  ring: usize,
  slots: i32,
): void {
  const pixel = (<usize>channels) * FLOAT;
  const rowBytes = (<usize>width) * pixel;
  const slotBytes = paddedRowBytes(width, channels, left, right);
  const leftBytes = (<usize>left) * pixel;
  for (let row = first; row < last; row++) {
    const slot = ring + (<usize>slotOf(row, slots)) * slotBytes;
    if (row < 0 || row >= height) {
      memory.fill(slot, 0, slotBytes);
      continue;
    }
    memory.fill(slot, 0, leftBytes);
    memory.copy(slot + leftBytes, image + (<usize>row) * rowBytes, rowBytes);
    memory.fill(slot + leftBytes + rowBytes, 0, (<usize>right) * pixel);
  }
}

@inline
export function paddedRowBytes(width: i32, channels: i32, left: i32, right: i32): usize {
  return (<usize>(left + width + right)) * (<usize>channels) * FLOAT;
}

/** Rows above the image have negative numbers. */
@inline
export function slotOf(row: i32, slots: i32): i32 {
  return (row + (slots << 8)) % slots;
}
