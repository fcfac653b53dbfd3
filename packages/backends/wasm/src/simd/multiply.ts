import type { TensorInfo } from '@tensorflow/tfjs';
import { addressOf, newTensor, withScratch } from './heap-addresses';
import type { SimdKernels } from './simd-kernels';

const FLOAT_BYTES = 4;

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
}

/** Computes products of one `n` one after another, with the scratch they share. */
function multiplyAll(kernels: SimdKernels, backend: object, n: number, products: Iterable<Product>): void {
  withScratch(backend, kernels.matrixProductScratch(n), (scratch) => {
    for (const { a, b, c, start = 0, m, k } of products) {
      const ofA = distances(a, m, k);
      const ofB = distances(b, k, n);
      kernels.matrixProduct(
        a.address,
        ofA.row,
        ofA.column,
        b.address,
        ofB.row,
        ofB.column,
        c,
        start,
        m,
        k,
        n,
        scratch,
      );
    }
  });
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
