import type { RunningBackend } from '../backend/backend';
import { withBackend } from '../backend/with-backend';
import type { StateDict } from '../checkpoint/state-dict';
import { ModelMismatchError } from '../errors/model-mismatch-error';
import { createParameters } from '../nn/parameters';
import { compareParameters, describeDifferences, fits } from './compare-parameters';
import { identifyModel } from './identify-model';
import type { ModelBlueprint, ModelDefinition, RestorationModel } from './model';

/** A network with its weights on the current backend. */
export interface LoadedModel {
  readonly blueprint: ModelBlueprint;
  readonly network: RestorationModel;
  /** Number of parameter values. */
  readonly parameterCount: number;
  /** Frees every weight. */
  dispose(): void;
}

/** A state dict and what to call it in errors. */
export interface NamedStateDict {
  readonly name: string;
  readonly stateDict: StateDict;
}

/**
 * Recognises, builds and loads a network. Strict: every declared parameter must be there in its shape,
 * and nothing else.
 * @throws ModelMismatchError naming what is unknown, missing, left over or misshapen
 * @throws CheckpointError when the file's data are damaged
 */
export async function loadModel(
  definitions: readonly ModelDefinition[],
  { name, stateDict }: NamedStateDict,
  backend: RunningBackend,
): Promise<LoadedModel> {
  const blueprint = await identifyModel(definitions, stateDict, name);
  const entries = blueprint.relevantEntries?.(stateDict) ?? stateDict;
  const parameters = createParameters();
  const network = blueprint.build(parameters.root);
  const differences = compareParameters(parameters, entries);
  if (!fits(differences)) {
    throw new ModelMismatchError({
      subject: name,
      problem: `parameters do not fit ${blueprint.descriptor.architecture}: ${describeDifferences(differences)}`,
      remedy: 'use an unmodified checkpoint of this architecture',
    });
  }
  await parameters.load(entries, (compute) => withBackend(backend, compute));
  return { blueprint, network, parameterCount: parameters.count, dispose: () => parameters.dispose() };
}
