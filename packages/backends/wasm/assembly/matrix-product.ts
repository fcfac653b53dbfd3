import { CORNER, multiplyPanel, PANEL, PANEL_BYTES, pack, roundUp } from './panels';
import { FLOAT } from './vector';

/** Rows of B that are packed at a time, and rows of A that are taken past them while they lie in the cache. */
const DEPTH_BLOCK = 256;
const ROW_BLOCK = 64;

/** Bytes of scratch that a product with `n` columns needs. */
export function matrixProductScratch(n: i32): usize {
  return (<usize>roundUp(n)) * FLOAT * (DEPTH_BLOCK + 1) + PANEL_BYTES + CORNER;
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
  const packed = corner + CORNER;
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
        multiplyPanel(
          aRows,
          aRow,
          aColumn,
          panel,
          depth,
          rows,
          scratch + at,
          done > 0,
          cRows + at,
          cRow,
          n - column,
          zeros,
          corner,
        );
      }
    }
    done += DEPTH_BLOCK;
  } while (done < k);
}

