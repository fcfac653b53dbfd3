import {
  compareParameters,
  createParameters,
  describeDifferences,
  fits,
  ModelMismatchError,
  type ParameterScope,
  type RunningBackend,
  withBackend,
} from '@diffir/core';
import type { MergedWeights } from './merge-weights';
import { weightFiles } from './weight-files';

/** A metric's network with its weights. */
export interface LoadedNetwork<N> {
  readonly network: N;
  /** Frees every weight. */
  dispose(): void;
}

/**
 * Builds a network and loads it. Strict: every declared parameter must be there in its shape, and nothing
 * else.
 * @throws ModelMismatchError naming what is missing, left over or misshapen, and what the file should be
 * @throws CheckpointError when the file's data are damaged
 */
export async function loadNetwork<N>(
  { id, name, stateDict }: MergedWeights,
  build: (scope: ParameterScope) => N,
  backend: RunningBackend,
): Promise<LoadedNetwork<N>> {
  const parameters = createParameters();
  const network = build(parameters.root);
  const differences = compareParameters(parameters, stateDict);
  if (!fits(differences)) {
    throw new ModelMismatchError({
      subject: name,
      problem: `not the weights of ${id}: ${describeDifferences(differences)}`,
      remedy: `get ${weightFiles[id].published}`,
    });
  }
  await parameters.load(stateDict, (compute) => withBackend(backend, compute));
  return { network, dispose: () => parameters.dispose() };
}
