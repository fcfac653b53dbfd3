import { roundUp } from './fused-step';

/** How a matrix product is cut up: a workgroup's block of the result, and each thread's share of it. */
export interface ProductTiles {
  /** Threads across and down a workgroup. */
  readonly threads: { readonly columns: number; readonly rows: number };
  /** Rows and columns of the result that each thread computes, multiples of 4. */
  readonly perThread: { readonly columns: 8; readonly rows: 4 | 8 };
  /** Rows and columns of the result that each workgroup computes. */
  readonly block: { readonly columns: number; readonly rows: number };
  /** Terms of the sums that are fetched into workgroup memory at a time. */
  readonly depth: 16;
}

const MAX_COLUMNS = 96;
const PER_THREAD = 8;
/** Below this many workgroups, smaller ones keep more of a GPU busy. */
const ENOUGH_WORKGROUPS = 256;

/** Tall blocks where there is work enough, the least wide that cover the columns evenly. */
export function productTiles(rows: number, columns: number, copies: number): ProductTiles {
  const across = Math.ceil(columns / MAX_COLUMNS);
  const width = roundUp(Math.ceil(columns / across), PER_THREAD);
  const shapes = [
    { rows: 16, perThread: 8 },
    { rows: 16, perThread: 4 },
    { rows: 8, perThread: 4 },
  ] as const;
  const workgroups = (height: number) => Math.ceil(rows / height) * across * copies;
  const [, , smallest] = shapes;
  const shape =
    shapes.find((each) => workgroups(each.rows * each.perThread) >= ENOUGH_WORKGROUPS) ?? smallest;
  return {
    threads: { columns: width / PER_THREAD, rows: shape.rows },
    perThread: { columns: PER_THREAD, rows: shape.perThread },
    block: { columns: width, rows: shape.rows * shape.perThread },
    depth: 16,
  };
}
