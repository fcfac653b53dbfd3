import { ModelMismatchError } from '@diffir/core';
import { loadDoubles } from '../weights/load-doubles';
import { mergeWeights, type Weights } from '../weights/merge-weights';
import { weightFiles } from '../weights/weight-files';
import { BLOCK_FEATURES } from './block-features';

/** Both scales of a block. */
export const NIQE_FEATURES = 2 * BLOCK_FEATURES;

/** The multivariate Gaussian of pristine images that NIQE measures distance from. */
export interface NiqeParameters {
  /** Name of the file. */
  readonly name: string;
  readonly mean: Float64Array;
  /** 36 × 36, row by row. */
  readonly covariance: Float64Array;
}

/**
 * Reads `mu_pris_param` and `cov_pris_param`. What else is there (BasicSR's file repeats the window) is
 * passed over.
 * @throws ModelMismatchError when one is missing or of the wrong size
 * @throws CheckpointError when no file is given, or on damaged data
 */
export async function readNiqeParameters(weights: Weights): Promise<NiqeParameters> {
  const { name, stateDict } = mergeWeights('niqe', weights, (stored) => stored);
  const read = async (key: string, count: number) => {
    const stored = stateDict.get(key);
    const found = stored?.shape.reduce((product, length) => product * length, 1);
    if (stored === undefined || found !== count) {
      throw new ModelMismatchError({
        subject: name,
        problem: `not the parameters of NIQE: ${key} ${stored ? `is [${stored.shape}]` : 'is missing'}`,
        remedy: `get ${weightFiles.niqe.published}`,
      });
    }
    return loadDoubles(stored);
  };
  const mean = await read('mu_pris_param', NIQE_FEATURES);
  const covariance = await read('cov_pris_param', NIQE_FEATURES ** 2);
  return { name, mean, covariance };
}
