import type { TensorInfo } from '@tensorflow/tfjs-core';
import { addressOf, newTensor, withScratch } from './heap-addresses';
import type { SimdKernels } from './simd-kernels';
import { type Range, split } from './split';

const FLOAT_BYTES = 4;
/** A product of fewer terms is not worth waking a thread for. */
const LEAST_TERMS = 2 ** 17;

/** The sizes of a product of an [m,k] and a [k,n] matrix. */
interface ProductSizes {
  readonly m: number;
  readonly k: number;
  readonly n: number;
}

/** A matrix that may lie in memory as its transpose, from an address on. */
interface Operand {
  readonly address: number;
  readonly transposed?: boolean;
}

/** One product: C = A·B + start. */
interface Product extends ProductSizes {
  readonly a: Operand;
  readonly b: Operand;
  /** Address of the result. */
  readonly c: number;
  /** Address of a row that is added to every row. */
  readonly start?: number;
  /** Only these rows of the result; default all. */
  readonly rows?: Range;
}

/** Computes products of one `n`, and parts of the rows of one if there are fewer than threads. */
function multiplyAll(kernels: SimdKernels, backend: object, n: number, products: readonly Product[]): void {
  const { threads } = kernels;
  const parts =
    products.length >= threads ? products : products.flatMap((product) => splitRows(product, threads));
  const bytes = kernels.scratchBytes('matrixProductScratch', n);
  withScratch(backend, bytes * Math.min(threads, parts.length), (scratch) => {
    const calls = parts.map(({ a, b, c, start = 0, m, k, rows }, index) => {
      const ofA = distances(a, m, k);
      const ofB = distances(b, k, n);
      const { start: first, end } = rows ?? { start: 0, end: m };
      return [
        ...[a.address + first * ofA.row, ofA.row, ofA.column],
        ...[b.address, ofB.row, ofB.column],
        ...[c + FLOAT_BYTES * first * n, start, end - first, k, n],
        scratch + bytes * (index % threads),
      ];
    });
    kernels.run('matrixProduct', calls);
  });
}

function splitRows(product: Product, threads: number): Product[] {
  const { m, k, n } = product;
  // Tiles have four rows.
  const unit = 4;
  const least = m * k * n < LEAST_TERMS ? m + 1 : 1;
  return split(m, threads, { unit, least }).map((rows) => ({ ...product, rows }));
}

/** Bytes between neighbouring elements of a column, and of a row, of a matrix. */
function distances({ transposed = false }: Operand, rows: number, columns: number) {
  return transposed
    ? { row: FLOAT_BYTES, column: FLOAT_BYTES * rows }
    : { row: FLOAT_BYTES * columns, column: FLOAT_BYTES };
}

/** Tensors of matrices, with how many there are in each: that of one may be 1. */
interface Stack {
  readonly tensor: TensorInfo;
  readonly count: number;
  readonly transposed?: boolean;
}

export interface StackedProduct extends ProductSizes {
  readonly a: Stack;
  readonly b: Stack;
  /** Rows to add to each row of a product, one for each product or one for all, [n] each. */
  readonly start?: Stack | undefined;
  /** Shape of the result. */
  readonly shape: readonly number[];
}

/** The products of two stacks of matrices, item by item; a stack of one goes with every item of the other. */
export function multiplyStacks(
  kernels: SimdKernels,
  backend: object,
  { a, b, start, m, k, n, shape }: StackedProduct,
): TensorInfo {
  const output = newTensor(backend, shape);
  const count = Math.max(a.count, b.count);
  const item = ({ tensor, count: items }: Stack, index: number, size: number) =>
    addressOf(backend, tensor) + (items === 1 ? 0 : FLOAT_BYTES * index * size);
  const products = Array.from({ length: count }, (_, index) => ({
    m,
    k,
    a: { address: item(a, index, m * k), transposed: a.transposed === true },
    b: { address: item(b, index, k * n), transposed: b.transposed === true },
    c: item({ tensor: output, count }, index, m * n),
    ...(start && { start: item(start, index, n) }),
    n,
  }));
  multiplyAll(kernels, backend, n, products);
  return output;
}
