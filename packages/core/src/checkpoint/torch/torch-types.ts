import type { StoredType } from '../state-dict';
import { storedTypes } from '../values/stored-types';
import { TorchType } from './torch-objects';

/** Classes of storages, which name the element type in all but the newest files. */
const storageClasses: Readonly<Record<StoredType, string>> = {
  f64: 'DoubleStorage',
  f32: 'FloatStorage',
  f16: 'HalfStorage',
  bf16: 'BFloat16Storage',
  i64: 'LongStorage',
  i32: 'IntStorage',
  i16: 'ShortStorage',
  i8: 'CharStorage',
  u8: 'ByteStorage',
  bool: 'BoolStorage',
};

/** `torch.float32` and the like, which tensors without a storage class of their own name. */
const elementTypes: ReadonlyMap<string, StoredType> = new Map([
  ['float64', 'f64'],
  ['float32', 'f32'],
  ['float16', 'f16'],
  ['bfloat16', 'bf16'],
  ['int64', 'i64'],
  ['int32', 'i32'],
  ['int16', 'i16'],
  ['int8', 'i8'],
  ['uint8', 'u8'],
  ['bool', 'bool'],
]);

const untypedStorages: ReadonlySet<string> = new Set(['UntypedStorage', 'TypedStorage']);
const storageModules: ReadonlySet<string> = new Set(['torch', 'torch.cuda', 'torch.storage']);
/** Any element type: those that are not listed above exist, but not here. */
const elementName = /^(q?u?int|float|complex|bits)\d/;

/** The class in the `torch` module for storages of an element type. */
export function storageClass(dtype: StoredType): string {
  return storageClasses[dtype];
}

/** The element type or storage class that `module.name` names; undefined if it names something else. */
export function findTorchType(module: string, name: string): TorchType | undefined {
  if (storageModules.has(module) && name.endsWith('Storage')) {
    return new TorchType(`${module}.${name}`, storedTypeOf(name));
  }
  if (module === 'torch' && (elementTypes.has(name) || elementName.test(name))) {
    return new TorchType(`torch.${name}`, elementTypes.get(name));
  }
  return undefined;
}

function storedTypeOf(storageClassName: string): StoredType | 'untyped' | undefined {
  if (untypedStorages.has(storageClassName)) return 'untyped';
  return storedTypes.find((dtype) => storageClasses[dtype] === storageClassName);
}
