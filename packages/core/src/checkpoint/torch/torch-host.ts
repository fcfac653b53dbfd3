import type { CheckpointError } from '../../errors/checkpoint-error';
import { damaged } from '../checkpoint-problem';
import type { PickleHost } from '../pickle/pickle-machine';
import { ForeignObject, type PickleValue } from '../pickle/pickle-value';
import { parseTorchStorage } from './parse-torch-storage';
import { rebuildTensor, rebuildTypedTensor } from './rebuild-tensor';
import { KnownCallable, type TorchStorage } from './torch-objects';
import { findTorchType } from './torch-types';

/** Meaning of a pickle that `torch.save` wrote, and the storages it refers to. */
export interface TorchHost extends PickleHost {
  /** Every storage by its key, as first referred to. */
  readonly storages: ReadonlyMap<string, TorchStorage>;
}

/**
 * Knows tensors, their storages and OrderedDict. Every other class or function becomes a
 * {@link ForeignObject}, as does whatever is made with one.
 * @param subject the file, for messages
 * @param maxItems most items that all ordered dicts given as lists may have together: a pickle can name one
 *   list again and again
 */
export function createTorchHost(subject: string, maxItems: number): TorchHost {
  const storages = new Map<string, TorchStorage>();
  let itemsLeft = maxItems;

  const malformed = (problem: string): CheckpointError => damaged(subject, problem);

  function makeOrderedDict(args: readonly PickleValue[]): PickleValue {
    const pairs = args[0] ?? [];
    if (!Array.isArray(pairs)) throw malformed('an ordered dict made of something else than pairs');
    itemsLeft -= pairs.length;
    if (itemsLeft < 0) throw malformed('ordered dicts with more items than the file has bytes');
    return new Map(pairs.map((pair) => toEntry(pair, malformed)));
  }

  const known: ReadonlyMap<string, KnownCallable> = new Map([
    ['collections.OrderedDict', new KnownCallable(makeOrderedDict)],
    ['torch.Size', new KnownCallable((args) => args[0] ?? [])],
    ['torch._utils._rebuild_tensor', new KnownCallable((args) => rebuildTensor(args, malformed))],
    ['torch._utils._rebuild_tensor_v2', new KnownCallable((args) => rebuildTensor(args, malformed))],
    ['torch._utils._rebuild_tensor_v3', new KnownCallable((args) => rebuildTypedTensor(args, malformed))],
    ['torch._utils._rebuild_parameter', new KnownCallable((args) => args[0] ?? null)],
    ['torch._utils._rebuild_parameter_with_state', new KnownCallable((args) => args[0] ?? null)],
  ]);

  return {
    storages,
    findGlobal(module, name) {
      const path = `${module}.${name}`;
      return known.get(path) ?? findTorchType(module, name) ?? new ForeignObject(path);
    },
    reduce(callable, args) {
      if (callable instanceof KnownCallable) {
        if (!Array.isArray(args)) throw malformed('a call without a list of arguments');
        return callable.call(args);
      }
      return callable instanceof ForeignObject
        ? new ForeignObject(callable.foreign)
        : new ForeignObject('unknown');
    },
    loadPersistent(id) {
      const storage = parseTorchStorage(id, malformed);
      if (storage === undefined) return new ForeignObject('persistent');
      if (!storages.has(storage.key)) storages.set(storage.key, storage);
      return storage;
    },
  };
}

function toEntry(
  pair: PickleValue,
  malformed: (problem: string) => CheckpointError,
): [PickleValue, PickleValue] {
  if (!Array.isArray(pair) || pair.length !== 2) {
    throw malformed('an ordered dict made of something else than pairs');
  }
  return [pair[0] ?? null, pair[1] ?? null];
}
