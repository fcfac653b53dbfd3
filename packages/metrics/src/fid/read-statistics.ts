import { ModelMismatchError, type NamedStateDict } from '@diffir/core';
import { loadDoubles } from '../weights/load-doubles';
import type { GaussianStatistics } from './feature-statistics';

/**
 * Statistics of a set as pytorch-fid stores them: `mu` and `sigma` of an `.npz` file (see `openWeights`).
 * @throws ModelMismatchError when they are not there or do not fit each other
 * @throws CheckpointError on damaged data
 */
export async function readStatistics({ name, stateDict }: NamedStateDict): Promise<GaussianStatistics> {
  const [mu, sigma] = [stateDict.get('mu'), stateDict.get('sigma')];
  const dimensions = mu?.shape[0] ?? 0;
  const fits =
    mu?.shape.length === 1 &&
    sigma?.shape.length === 2 &&
    sigma.shape.every((length) => length === dimensions);
  if (mu === undefined || sigma === undefined || !fits) {
    throw new ModelMismatchError({
      subject: name,
      problem: 'not statistics of FID: they are mu [n] and sigma [n,n]',
      remedy: 'store them with pytorch-fid --save-stats',
    });
  }
  return { dimensions, mean: await loadDoubles(mu), covariance: await loadDoubles(sigma) };
}
