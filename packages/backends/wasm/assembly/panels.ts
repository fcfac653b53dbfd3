import { FLOAT, multiplyAdd } from './vector';

/** Columns of a product that are worked on at a time: two vectors. */
export const PANEL = 8;
export const PANEL_BYTES: usize = 32;
/** Rows that are worked on at a time: with a panel, eight sums stay in registers. */
export const ROWS = 4;
/** Room for a narrow panel's sums. */
export const CORNER: usize = ROWS * PANEL_BYTES;

@inline
export function roundUp(count: i32): i32 {
  return (count + PANEL - 1) & ~(PANEL - 1);
}

/** `depth` rows of B as panels, each [depth,8]. */
export function pack(b: usize, bRow: usize, bColumn: usize, depth: i32, n: i32, packed: usize): void {
  for (let column = 0; column < n; column += PANEL) {
    const columns = min(PANEL, n - column);
    for (let row = 0; row < depth; row++) {
      let from = b + (<usize>row) * bRow + (<usize>column) * bColumn;
      if (columns == PANEL && bColumn == FLOAT) {
        v128.store(packed, v128.load(from));
        v128.store(packed, v128.load(from, 16), 16);
      } else {
        for (let i = 0; i < PANEL; i++) {
          store<f32>(packed + (<usize>i) * FLOAT, i < columns ? load<f32>(from) : 0);
          if (i < columns) from += bColumn;
        }
      }
      packed += PANEL_BYTES;
    }
  }
}

/**
 * `rows` rows of at most eight columns of C at `to`: from what lies at `from`, plus A times a panel. With `add` the
 * sums go on from C instead. `corner` is room for a panel's rows, `zeros` an empty one.
 */
export function multiplyPanel(
  a: usize,
  aRow: usize,
  aColumn: usize,
  panel: usize,
  depth: i32,
  rows: i32,
  from: usize,
  add: bool,
  to: usize,
  toRow: usize,
  columns: i32,
  zeros: usize,
  corner: usize,
): void {
  if (columns < PANEL) {
    narrowPanel(a, aRow, aColumn, panel, depth, rows, add ? zeros : from, corner, to, toRow, columns, add);
  } else if (add) {
    widePanel(a, aRow, aColumn, panel, depth, rows, to, toRow, to, toRow);
  } else {
    widePanel(a, aRow, aColumn, panel, depth, rows, from, 0, to, toRow);
  }
}

/** Eight columns of C, rows at distances of `toRow` bytes, from what lies at `from` plus A times a panel. */
function widePanel(
  a: usize,
  aRow: usize,
  aColumn: usize,
  panel: usize,
  depth: i32,
  rows: i32,
  from: usize,
  fromRow: usize,
  to: usize,
  toRow: usize,
): void {
  let row = 0;
  for (; row <= rows - ROWS; row += ROWS) {
    fourRows(a, aRow, aColumn, panel, depth, from, fromRow, to, toRow);
    a += aRow * ROWS;
    from += fromRow * ROWS;
    to += toRow * ROWS;
  }
  for (; row < rows; row++) {
    oneRow(a, aColumn, panel, depth, from, to);
    a += aRow;
    from += fromRow;
    to += toRow;
  }
}

/** Fewer than eight columns: computed in `corner` and copied from there, or added after the first block. */
function narrowPanel(
  a: usize,
  aRow: usize,
  aColumn: usize,
  panel: usize,
  depth: i32,
  rows: i32,
  from: usize,
  corner: usize,
  to: usize,
  toRow: usize,
  columns: i32,
  add: bool,
): void {
  for (let row = 0; row < rows; row += ROWS) {
    const count = min(ROWS, rows - row);
    widePanel(a, aRow, aColumn, panel, depth, count, from, 0, corner, PANEL_BYTES);
    for (let i = 0; i < count; i++) {
      for (let column = 0; column < columns; column++) {
        const at = to + (<usize>column) * FLOAT;
        const value = load<f32>(corner + (<usize>i) * PANEL_BYTES + (<usize>column) * FLOAT);
        store<f32>(at, add ? load<f32>(at) + value : value);
      }
      to += toRow;
    }
    a += aRow * ROWS;
  }
}

@inline
function fourRows(
  a: usize,
  aRow: usize,
  aColumn: usize,
  panel: usize,
  depth: i32,
  from: usize,
  fromRow: usize,
  to: usize,
  toRow: usize,
): void {
  let sum00 = v128.load(from);
  let sum01 = v128.load(from, 16);
  from += fromRow;
  let sum10 = v128.load(from);
  let sum11 = v128.load(from, 16);
  from += fromRow;
  let sum20 = v128.load(from);
  let sum21 = v128.load(from, 16);
  from += fromRow;
  let sum30 = v128.load(from);
  let sum31 = v128.load(from, 16);
  let a0 = a;
  let a1 = a0 + aRow;
  let a2 = a1 + aRow;
  let a3 = a2 + aRow;
  const end = panel + (<usize>depth) * PANEL_BYTES;
  while (panel < end) {
    const b0 = v128.load(panel);
    const b1 = v128.load(panel, 16);
    let x = v128.load32_splat(a0);
    sum00 = multiplyAdd(x, b0, sum00);
    sum01 = multiplyAdd(x, b1, sum01);
    x = v128.load32_splat(a1);
    sum10 = multiplyAdd(x, b0, sum10);
    sum11 = multiplyAdd(x, b1, sum11);
    x = v128.load32_splat(a2);
    sum20 = multiplyAdd(x, b0, sum20);
    sum21 = multiplyAdd(x, b1, sum21);
    x = v128.load32_splat(a3);
    sum30 = multiplyAdd(x, b0, sum30);
    sum31 = multiplyAdd(x, b1, sum31);
    a0 += aColumn;
    a1 += aColumn;
    a2 += aColumn;
    a3 += aColumn;
    panel += PANEL_BYTES;
  }
  v128.store(to, sum00);
  v128.store(to, sum01, 16);
  to += toRow;
  v128.store(to, sum10);
  v128.store(to, sum11, 16);
  to += toRow;
  v128.store(to, sum20);
  v128.store(to, sum21, 16);
  to += toRow;
  v128.store(to, sum30);
  v128.store(to, sum31, 16);
}

@inline
function oneRow(a: usize, aColumn: usize, panel: usize, depth: i32, from: usize, to: usize): void {
  let sum0 = v128.load(from);
  let sum1 = v128.load(from, 16);
  const end = panel + (<usize>depth) * PANEL_BYTES;
  while (panel < end) {
    const x = v128.load32_splat(a);
    sum0 = multiplyAdd(x, v128.load(panel), sum0);
    sum1 = multiplyAdd(x, v128.load(panel, 16), sum1);
    a += aColumn;
    panel += PANEL_BYTES;
  }
  v128.store(to, sum0);
  v128.store(to, sum1, 16);
}
