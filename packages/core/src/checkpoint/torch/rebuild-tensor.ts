import type { CheckpointError } from '../../errors/checkpoint-error';
import { ForeignObject, type PickleValue } from '../pickle/pickle-value';
import { maxDimensions } from '../tensor-geometry';
import { isCount } from './parse-torch-storage';
import { TorchStorage, TorchTensor, TorchType } from './torch-objects';

type Malformed = (problem: string) => CheckpointError;

/** `torch._utils._rebuild_tensor(storage, offset, size, stride, …)`: the storage gives the element type. */
export function rebuildTensor(args: readonly PickleValue[], malformed: Malformed): PickleValue {
  const [storage] = args;
  return storage instanceof TorchStorage ? makeTensor(storage, storage.type, args, malformed) : notATensor;
}

/**
 * `torch._utils._rebuild_tensor_v3(storage, offset, size, stride, requires_grad, hooks, dtype, …)`: the
 * storage is bare bytes and the element type is named.
 */
export function rebuildTypedTensor(args: readonly PickleValue[], malformed: Malformed): PickleValue {
  const [storage] = args;
  const type = args[6];
  if (!(type instanceof TorchType)) throw malformed('a tensor without an element type');
  return storage instanceof TorchStorage ? makeTensor(storage, type, args, malformed) : notATensor;
}

/** Tensors over storages of foreign classes are themselves foreign. */
const notATensor = new ForeignObject('torch.Tensor');

function makeTensor(
  storage: TorchStorage,
  type: TorchType,
  args: readonly PickleValue[],
  malformed: Malformed,
): TorchTensor {
  const [, offset, shape, strides] = args;
  if (!isCount(offset)) throw malformed('a tensor without an offset');
  if (!isCounts(shape) || !isCounts(strides) || shape.length !== strides.length) {
    throw malformed('a tensor without a shape and strides to go with it');
  }
  return new TorchTensor(storage, type, { shape: [...shape], strides: [...strides], offset });
}

function isCounts(values: PickleValue | undefined): values is number[] {
  return Array.isArray(values) && values.length <= maxDimensions && values.every(isCount);
}
