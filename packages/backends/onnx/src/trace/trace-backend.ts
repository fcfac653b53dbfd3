import { DiffIRError } from '@diffir/core';
import { type BackendValues, type DataType, KernelBackend, type TensorInfo } from '@tensorflow/tfjs-core';
import { sizeOf, type TracedArray, type TracedType, type TracedValue } from './traced-graph';

/** TensorFlow.js's handle of a tensor's data: an object, told apart by identity. */
type DataId = TensorInfo['dataId'];

interface Entry {
  readonly value: TracedValue;
  references: number;
}

/** Computes the values of a traced tensor that someone wants to see. */
export type Evaluate = (value: TracedValue) => Promise<TracedArray>;

/**
 * A TensorFlow.js backend that computes nothing: kernels remember what they were called with, and only
 * reading a tensor has what led to it computed.
 */
export class TraceBackend extends KernelBackend {
  readonly #entries = new Map<DataId, Entry>();
  readonly #evaluate: Evaluate;

  constructor(evaluate: Evaluate) {
    super();
    this.#evaluate = evaluate;
  }

  /** What stands behind a tensor. */
  tracedValue({ dataId }: Pick<TensorInfo, 'dataId'>): TracedValue {
    return this.#entry(dataId).value;
  }

  /** A tensor for a value. */
  register(value: TracedValue): TensorInfo {
    const dataId: DataId = {};
    this.#entries.set(dataId, { value, references: 1 });
    return { dataId, shape: [...value.shape], dtype: value.dtype };
  }

  override write(values: BackendValues, shape: number[], dtype: DataType): DataId {
    return this.register(constantValue(values, shape, dtype)).dataId;
  }

  override move(dataId: DataId, values: BackendValues, shape: number[], dtype: DataType, references: number) {
    this.#entries.set(dataId, { value: constantValue(values, shape, dtype), references });
  }

  override async read(dataId: DataId): Promise<BackendValues> {
    const { value } = this.#entry(dataId);
    return value.origin.kind === 'constant' ? value.origin.values : this.#evaluate(value);
  }

  override readSync(dataId: DataId): BackendValues {
    const { origin } = this.#entry(dataId).value;
    if (origin.kind === 'constant') return origin.values;
    throw new DiffIRError({
      subject: 'onnx',
      problem: 'tensors of this backend cannot be read synchronously',
      remedy: 'use data() rather than dataSync()',
    });
  }

  override incRef(dataId: DataId): void {
    this.#entry(dataId).references++;
  }

  override refCount(dataId: DataId): number {
    return this.#entries.get(dataId)?.references ?? 0;
  }

  override disposeData(dataId: DataId, force = false): boolean {
    const entry = this.#entries.get(dataId);
    if (entry === undefined) return true;
    entry.references--;
    if (!force && entry.references > 0) return false;
    return this.#entries.delete(dataId);
  }

  override numDataIds(): number {
    return this.#entries.size;
  }

  override memory() {
    return { unreliable: true, reasons: ['tensors are computed only when they are read'] };
  }

  override timerAvailable(): boolean {
    return false;
  }

  override floatPrecision(): 32 {
    return 32;
  }

  override epsilon(): number {
    return 1e-7;
  }

  override dispose(): void {
    this.#entries.clear();
  }

  #entry(dataId: DataId): Entry {
    const entry = this.#entries.get(dataId);
    if (entry !== undefined) return entry;
    throw new DiffIRError({ subject: 'onnx', problem: 'a tensor was used that lives on another backend' });
  }
}

function constantValue(values: BackendValues, shape: readonly number[], dtype: DataType): TracedValue {
  const type = toTracedType(dtype);
  return { shape, dtype: type, origin: { kind: 'constant', values: toArray(values, sizeOf(shape), type) } };
}

/** @throws DiffIRError for types that images and networks do not have */
function toTracedType(dtype: string): TracedType {
  if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool') return dtype;
  throw new DiffIRError({ subject: 'onnx', problem: `tensors of type ${dtype} are not supported` });
}

const arrayTypes = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

/** TensorFlow.js hands over typed arrays, plain ones, or nothing for zeros. */
function toArray(values: BackendValues | null | undefined, size: number, dtype: TracedType): TracedArray {
  const ArrayType = arrayTypes[dtype];
  if (values === null || values === undefined) return new ArrayType(size);
  return values instanceof ArrayType ? values : ArrayType.from(Array.from(values, Number));
}
