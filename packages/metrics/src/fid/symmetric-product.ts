/**
 * A·S·Aᵀ for A of `rows`×n and symmetric S of n×n, row by row in double precision: two products whose inner
 * loops run along rows of memory.
 */
export function congruence(a: Float64Array, s: Float64Array, rows: number, n: number): Float64Array {
  const half = new Float64Array(rows * n);
  for (let i = 0; i < rows; i++) {
    const target = half.subarray(i * n, (i + 1) * n);
    for (let k = 0; k < n; k++) {
      const factor = a[i * n + k] ?? 0;
      if (factor !== 0) addScaled(target, s.subarray(k * n, (k + 1) * n), factor);
    }
  }
  const result = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    const left = half.subarray(i * n, (i + 1) * n);
    for (let j = i; j < rows; j++) {
      const value = dot(left, a.subarray(j * n, (j + 1) * n));
      result[i * rows + j] = value;
      result[j * rows + i] = value;
    }
  }
  return result;
}

function addScaled(target: Float64Array, source: Float64Array, factor: number): void {
  for (let index = 0; index < target.length; index++) {
    target[index] = (target[index] ?? 0) + factor * (source[index] ?? 0);
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}
