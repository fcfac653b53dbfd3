import { CheckpointError } from '../../errors/checkpoint-error';
import { quoted } from '../checkpoint-problem';
import type { PickleValue } from '../pickle/pickle-value';
import { createTensorSearch, namedTensors, type TensorSearch } from './find-tensors';
import type { TorchTensor } from './torch-objects';

/** Names under which training programs keep a state dict, best first. */
export const stateDictNames: readonly string[] = [
  'params_ema',
  'params',
  'state_dict',
  'model',
  'net',
  'model_state_dict',
];

/** A state dict inside another, inside another, is as deep as they come. */
const maxNesting = 3;

export interface TensorSelection {
  /** Names of the dicts on the way to it, outermost first; none for the top level. */
  readonly path: readonly string[];
  readonly tensors: ReadonlyMap<string, TorchTensor>;
  /** Names of other values with tensors in them that were met on the way. */
  readonly siblings: readonly string[];
}

/**
 * Finds the state dict in a torch file: under the first of {@link stateDictNames} that leads to tensors, or
 * else the mapping itself.
 * @param subject the file, for messages
 * @throws {CheckpointError} if there is none
 */
export function selectTensors(subject: string, root: PickleValue): TensorSelection {
  const containsTensor = createTensorSearch();
  const selection = searchDict(root, maxNesting, containsTensor);
  if (selection !== undefined) return selection;
  const groups = root instanceof Map ? groupsOf(root, containsTensor) : [];
  throw new CheckpointError({
    subject,
    problem:
      groups.length > 0
        ? `no state dict where one is expected; there are tensors under ${groups.map(quoted).join(', ')}`
        : 'holds no tensors',
    remedy: `save the state dict itself, or under ${quoted('params')}`,
  });
}

function searchDict(
  dict: PickleValue,
  nesting: number,
  containsTensor: TensorSearch,
): TensorSelection | undefined {
  if (!(dict instanceof Map)) return undefined;
  for (const name of nesting > 0 ? stateDictNames : []) {
    const found = searchDict(dict.get(name) ?? null, nesting - 1, containsTensor);
    if (found !== undefined) {
      const others = groupsOf(dict, containsTensor).filter((group) => group !== name);
      return { ...found, path: [name, ...found.path], siblings: [...others, ...found.siblings] };
    }
  }
  const tensors = namedTensors(dict);
  return tensors.size > 0 ? { path: [], tensors, siblings: groupsOf(dict, containsTensor) } : undefined;
}

/** Names of the dicts and lists with tensors in them. */
function groupsOf(dict: ReadonlyMap<PickleValue, PickleValue>, containsTensor: TensorSearch): string[] {
  return [...dict].flatMap(([name, value]) => {
    const container = value instanceof Map || Array.isArray(value);
    return typeof name === 'string' && container && containsTensor(value) ? [name] : [];
  });
}
