import { CheckpointError, type NamedStateDict, type StateDict, type StoredTensor } from '@diffir/core';
import { missingWeights, type WeightFileId } from './weight-files';

/** Weights as a metric takes them: the one file that holds all, or the published parts. */
export type Weights = NamedStateDict | readonly NamedStateDict[];

/**
 * The name a network declares for a stored name, or undefined for what the metric has no use for. Names it
 * knows nothing of stay as they are and are reported as left over.
 */
export type Rename = (stored: string) => string | undefined;

/** The tensors of all files as one state dict, under the names a network declares. */
export interface MergedWeights extends NamedStateDict {
  readonly id: WeightFileId;
}

/**
 * @throws CheckpointError when no file is given, or two give different tensors the same name
 */
export function mergeWeights(id: WeightFileId, weights: Weights, rename: Rename): MergedWeights {
  const files = isList(weights) ? weights : [weights];
  if (files.length === 0) throw missingWeights(id);
  const stateDict = new Map<string, StoredTensor>();
  for (const file of files) {
    for (const [name, tensor] of renamed(file, rename)) {
      if (stateDict.has(name)) {
        throw new CheckpointError({
          subject: file.name,
          problem: `another file holds ${name} too`,
          remedy: 'give each part once',
        });
      }
      stateDict.set(name, tensor);
    }
  }
  return { id, name: files.map(({ name }) => name).join(' + '), stateDict };
}

/** Within a file the same tensor may lie under two names; the first one counts. */
function renamed({ stateDict }: NamedStateDict, rename: Rename): StateDict {
  const result = new Map<string, StoredTensor>();
  for (const [stored, tensor] of stateDict) {
    const name = rename(stored);
    if (name !== undefined && !result.has(name)) result.set(name, tensor);
  }
  return result;
}

function isList(weights: Weights): weights is readonly NamedStateDict[] {
  return Array.isArray(weights);
}
