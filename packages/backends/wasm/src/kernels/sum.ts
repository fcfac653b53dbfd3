import { inputTensor } from '@diffir/core';
import {
  type KernelFunc,
  type NamedAttrMap,
  type Tensor,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import { onHeap } from './heap-arrays';

/**
 * Sums over axes that are not the last ones, as gradients of everything per channel need them. TensorFlow.js'
 * kernel transposes the whole tensor first; here one pass in plain JavaScript adds rows up, in double precision, where our own kernels cannot run.
 */
export function sum(original: KernelFunc): KernelFunc {
  return (call) => {
    const x = inputTensor(call.inputs, 'x');
    const run = summedRun(x, call.attrs ?? {});
    return run === undefined ? original(call) : sumMiddle(call.backend, x, run);
  };
}

/** A sum over neighbouring axes as one of [outer,summed,inner] to [outer,inner]. */
export interface SummedRun {
  /** Of the result. */
  readonly shape: readonly number[];
  readonly outer: number;
  readonly summed: number;
  readonly inner: number;
}

/** How a sum's axes lie; undefined if they are not neighbours, hold the last one or are not float32's. */
export function summedRun(x: Tensor, { axis, keepDims }: NamedAttrMap): SummedRun | undefined {
  const axes = util.parseAxisParam(axis as number | number[], x.shape);
  const [first = 0] = axes;
  const last = axes[axes.length - 1] ?? 0;
  const isRun = last - first === axes.length - 1 && last < x.rank - 1;
  if (x.dtype !== 'float32' || !isRun) return undefined;
  const kept = keepDims === true ? axes.map(() => 1) : [];
  const [outer, inner] = [x.shape.slice(0, first), x.shape.slice(last + 1)];
  return {
    shape: [...outer, ...kept, ...inner],
    outer: util.sizeFromShape(outer),
    summed: util.sizeFromShape(x.shape.slice(first, last + 1)),
    inner: util.sizeFromShape(inner),
  };
}

/** [outer,summed,inner] to [outer,inner]. */
function sumMiddle(backend: object, x: TensorInfo, sizes: SummedRun): TensorInfo {
  const { output, values, inputs } = onHeap(backend, sizes.shape, [x]);
  const [items] = inputs;
  const totals = new Float64Array(sizes.inner);
  let position = 0;
  for (let block = 0; block < sizes.outer; block++) {
    totals.fill(0);
    for (let row = 0; row < sizes.summed; row++) {
      for (let index = 0; index < sizes.inner; index++) {
        totals[index] = (totals[index] ?? 0) + (items[position++] ?? 0);
      }
    }
    values.set(totals, block * sizes.inner);
  }
  return output;
}
