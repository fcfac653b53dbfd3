import { at, type ReferenceArray, sum, tabulate } from './reference-array';

type Array3 = ReferenceArray<readonly [number, number, number]>;
type Array4 = ReferenceArray<readonly [number, number, number, number]>;

/** `[N,H,W,C]` with `[kH,kW,C,O]` to `[N,H,W,O]`: odd kernels, stride 1, zero padding that keeps the size. */
export function conv2dSame(x: Array4, kernel: Array4): Array4 {
  const [batch, height, width, channels] = x.shape;
  const [kernelHeight, kernelWidth, , outChannels] = kernel.shape;
  const top = (kernelHeight - 1) / 2;
  const left = (kernelWidth - 1) / 2;
  return tabulate([batch, height, width, outChannels], ([n, row, column, o]) =>
    sum(kernelHeight, (dy) =>
      sum(kernelWidth, (dx) =>
        sum(channels, (c) => at(x, [n, row + dy - top, column + dx - left, c]) * at(kernel, [dy, dx, c, o])),
      ),
    ),
  );
}

/** `[N,H,W,C]` with `[kH,kW,C,1]` to `[N,H,W,C]`: a kernel for each channel, otherwise as `conv2dSame`. */
export function depthwiseConv2dSame(x: Array4, kernel: Array4): Array4 {
  const [kernelHeight, kernelWidth] = kernel.shape;
  const top = (kernelHeight - 1) / 2;
  const left = (kernelWidth - 1) / 2;
  return tabulate(x.shape, ([n, row, column, c]) =>
    sum(kernelHeight, (dy) =>
      sum(
        kernelWidth,
        (dx) => at(x, [n, row + dy - top, column + dx - left, c]) * at(kernel, [dy, dx, c, 0]),
      ),
    ),
  );
}

/** `[B,M,K]` times `[B,K,N]`. */
export function batchMatMul(a: Array3, b: Array3): Array3 {
  const [batch, rows, inner] = a.shape;
  return tabulate([batch, rows, b.shape[2]], ([n, row, column]) =>
    sum(inner, (k) => at(a, [n, row, k]) * at(b, [n, k, column])),
  );
}

/** Swaps the last two dimensions. */
export function swapLastTwo(x: Array3): Array3 {
  const [batch, rows, columns] = x.shape;
  return tabulate([batch, columns, rows], ([n, column, row]) => at(x, [n, row, column]));
}

/** Along the last dimension. */
export function softmax(x: Array3): Array3 {
  const length = x.shape[2];
  return tabulate(
    x.shape,
    ([n, row, column]) =>
      Math.exp(at(x, [n, row, column])) / sum(length, (i) => Math.exp(at(x, [n, row, i]))),
  );
}

/** erf by its Maclaurin series (DLMF 7.6.1), good to 1e-12 for |x| ≤ 3; beyond 4 it is 1 but for 2e-8. */
export function erf(x: number): number {
  if (Math.abs(x) > 4) return Math.sign(x);
  let power = x;
  let total = x;
  for (let n = 1; n < 100; n++) {
    power *= -(x * x) / n;
    total += power / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * total;
}

/** Where a position lands after reflection at the first and last element, which are not repeated. */
export function reflect(position: number, length: number): number {
  const last = length - 1;
  return last - Math.abs(last - Math.abs(position));
}
