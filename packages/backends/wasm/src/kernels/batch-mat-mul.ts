import { DiffIRError, inputTensor } from '@diffir/core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
  type KernelFunc,
  matMul,
  type Tensor,
  type TensorInfo,
  tidy,
  transpose,
  util,
} from '@tensorflow/tfjs-core';
import { asWasm, withHeapViews } from './heap-view';

/**
 * Matrix products of batches and of transposed operands. XNNPACK multiplies plain single matrices only, and
 * for everything else TensorFlow.js' kernel has loops that are ten times slower: here operands are
 * transposed first, and batches multiplied one by one where they lie.
 */
export function batchMatMul(original: KernelFunc): KernelFunc {
  return (call) => {
    const { transposeA, transposeB } = call.attrs ?? {};
    const [a, b] = [inputTensor(call.inputs, 'a'), inputTensor(call.inputs, 'b')];
    if (transposeA === true || transposeB === true) {
      return tidy(() =>
        matMul(transposeA === true ? swapLastAxes(a) : a, transposeB === true ? swapLastAxes(b) : b),
      );
    }
    const batch = batchShape(a, b);
    if (batch === undefined) return original(call);
    return multiplyEach(asWasm(call.backend), a, b, batch);
  };
}

function swapLastAxes(x: Tensor): Tensor {
  const axes = x.shape.map((_, axis) => axis);
  return transpose(x, [...axes.slice(0, -2), x.rank - 1, x.rank - 2]);
}

/** The batch axes of the product; undefined for single matrices and for batches of different shapes. */
function batchShape(a: Tensor, b: Tensor): readonly number[] | undefined {
  const [ofA, ofB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const [countA, countB] = [util.sizeFromShape(ofA), util.sizeFromShape(ofB)];
  if (countA === 1 && countB === 1) return undefined;
  if (countB === 1 && ofA.length >= ofB.length) return ofA;
  if (countA === 1 && ofB.length >= ofA.length) return ofB;
  return util.arraysEqual(ofA, ofB) ? ofA : undefined;
}

function multiplyEach(backend: BackendWasm, a: Tensor, b: Tensor, batch: readonly number[]): TensorInfo {
  const [rows = 1, inner = 1] = a.shape.slice(-2);
  const [, columns = 1] = b.shape.slice(-2);
  const output = backend.makeOutput([...batch, rows, columns], 'float32');
  const shapes = { a: [1, rows, inner], b: [1, inner, columns], output: [1, rows, columns] };
  const isSingle = ({ shape }: Tensor) => util.sizeFromShape(shape.slice(0, -2)) === 1;
  const multiply = multiplication(backend);
  for (let index = 0; index < util.sizeFromShape([...batch]); index++) {
    const items = [
      { of: a, index: isSingle(a) ? 0 : index, shape: shapes.a },
      { of: b, index: isSingle(b) ? 0 : index, shape: shapes.b },
      { of: output, index, shape: shapes.output },
    ];
    withHeapViews(backend, items, (idA = 0, idB = 0, idOutput = 0) => {
      multiply(idA, bytesOf(shapes.a), 3, idB, bytesOf(shapes.b), 3, 0, 0, idOutput);
    });
  }
  return output;
}

type Multiply = (...values: (number | Uint8Array)[]) => void;

/** The module's way to call what it is compiled from, which its types leave out. */
interface CallableModule {
  cwrap(name: string, result: null, parameters: readonly string[]): Multiply;
}

function isCallable(module: object): module is CallableModule {
  return 'cwrap' in module && typeof module.cwrap === 'function';
}

/** The module's own product: of a tensor's number, its shape and rank, the same of another; flags, the output. */
function multiplication({ wasm }: BackendWasm): Multiply {
  if (!isCallable(wasm)) throw new DiffIRError({ subject: 'wasm', problem: 'its module cannot be called' });
  const tensor = ['number', 'array', 'number'];
  return wasm.cwrap('BatchMatMul', null, [...tensor, ...tensor, 'number', 'number', 'number']);
}

function bytesOf(shape: readonly number[]): Uint8Array {
  return new Uint8Array(Int32Array.from(shape).buffer);
}
