import { FLOAT, multiplyAdd } from './vector';

/** Columns of the product that are worked on at a time: two vectors. */
const PANEL = 8;
const PANEL_BYTES: usize = 32;
/** Rows that are worked on at a time: with a panel, eight sums stay in registers. */
const ROWS = 4;
/** Rows of B that are packed at a time, and rows of A that are taken past them while they lie in the cache. */
const DEPTH_BLOCK = 256;
const ROW_BLOCK = 64;

@inline
function roundUp(count: i32): i32 {
  return (count + PANEL - 1) & ~(PANEL - 1);
}

/** Bytes of scratch that a product with `n` columns needs. */
export function matrixProductScratch(n: i32): usize {
  return (<usize>roundUp(n)) * FLOAT * (DEPTH_BLOCK + 1) + <usize>(ROWS + 1) * PANEL_BYTES;
}

/**
 * C = A·B + start for A [m,k], B [k,n], C [m,n] with rows of C one after another. Elements of A and B lie
 * `aRow` and `aColumn`, `bRow` and `bColumn` bytes from each other, so either may be transposed. `start` is a row of n
 * floats that is added to every row, or 0.
 *
 * B is packed into panels of eight columns, padded with zeros, one block of its rows after another.
 */
export function matrixProduct(
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  bColumn: usize,
  c: usize,
  start: usize,
  m: i32,
  k: i32,
  n: i32,
  scratch: usize,
): void {
  const width = (<usize>roundUp(n)) * FLOAT;
  const cRow = (<usize>n) * FLOAT;
  const zeros = scratch + width;
  const corner = zeros + PANEL_BYTES;
  const packed = corner + <usize>ROWS * PANEL_BYTES;
  memory.fill(scratch, 0, width + PANEL_BYTES);
  if (start != 0) memory.copy(scratch, start, cRow);
  // Once even for k = 0, so that C is written.
  let done = 0;
  do {
    const depth = min(DEPTH_BLOCK, k - done);
    pack(b + (<usize>done) * bRow, bRow, bColumn, depth, n, packed);
    const aBlock = a + (<usize>done) * aColumn;
    for (let first = 0; first < m; first += ROW_BLOCK) {
      const rows = min(ROW_BLOCK, m - first);
      const aRows = aBlock + (<usize>first) * aRow;
      const cRows = c + (<usize>first) * cRow;
      for (let column = 0; column < n; column += PANEL) {
        const at = (<usize>column) * FLOAT;
        const panel = packed + at * depth;
        const columns = n - column;
        if (columns < PANEL) {
          const from = done == 0 ? scratch + at : zeros;
          narrowPanel(aRows, aRow, aColumn, panel, depth, rows, from, corner, cRows + at, cRow, columns, done);
        } else if (done == 0) {
          widePanel(aRows, aRow, aColumn, panel, depth, rows, scratch + at, 0, cRows + at, cRow);
        } else {
          widePanel(aRows, aRow, aColumn, panel, depth, rows, cRows + at, cRow, cRows + at, cRow);
        }
      }
    }
    done += DEPTH_BLOCK;
  } while (done < k);
}

/** `depth` rows of B as panels, each [depth,8]. */
function pack(b: usize, bRow: usize, bColumn: usize, depth: i32, n: i32, packed: usize): void {
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
  add: i32,
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
