import { PickleObject, type PickleValue } from '../pickle/pickle-value';
import type { StoredType } from '../state-dict';
import type { TensorGeometry } from '../tensor-geometry';

/** What a name stands for that the reader knows how to call: it makes plain values out of plain values. */
export class KnownCallable extends PickleObject {
  readonly call: (args: readonly PickleValue[]) => PickleValue;

  constructor(call: (args: readonly PickleValue[]) => PickleValue) {
    super();
    this.call = call;
  }
}

/** An element type, or the storage type that implies one; `dtype` is undefined where we have none for it. */
export class TorchType extends PickleObject {
  readonly name: string;
  readonly dtype: StoredType | 'untyped' | undefined;

  constructor(name: string, dtype: StoredType | 'untyped' | undefined) {
    super();
    this.name = name;
    this.dtype = dtype;
  }
}

/** A reference to bytes kept outside the pickle. */
export class TorchStorage extends PickleObject {
  /** Name of the storage's entry or its place in the list of keys. */
  readonly key: string;
  readonly type: TorchType;
  /** Number of values, or of bytes if untyped. */
  readonly length: number;
  /** Index of the first value in the root storage, for the views of old files. */
  readonly offset: number;
  /** Number of values in the root storage. */
  readonly rootLength: number;

  constructor({ key, type, length, offset, rootLength }: TorchStorageFields) {
    super();
    this.key = key;
    this.type = type;
    this.length = length;
    this.offset = offset;
    this.rootLength = rootLength;
  }
}

export interface TorchStorageFields {
  readonly key: string;
  readonly type: TorchType;
  readonly length: number;
  readonly offset: number;
  readonly rootLength: number;
}

/** A tensor as the pickle describes it; whether the storage has what it claims is not checked yet. */
export class TorchTensor extends PickleObject {
  readonly storage: TorchStorage;
  readonly type: TorchType;
  readonly geometry: TensorGeometry;

  constructor(storage: TorchStorage, type: TorchType, geometry: TensorGeometry) {
    super();
    this.storage = storage;
    this.type = type;
    this.geometry = geometry;
  }
}
