import { createParameters } from '../nn/parameters';
import { compareParameters, type ParameterDifferences } from './compare-parameters';
import { identifyModel } from './identify-model';
import type { NamedStateDict } from './load-model';
import type { ModelBlueprint, ModelDefinition } from './model';

/** What a checkpoint holds, without its values. */
export interface CheckpointInspection {
  readonly blueprint: ModelBlueprint;
  /** Values over all parameters the network declares. */
  readonly parameterCount: number;
  readonly differences: ParameterDifferences;
}

/**
 * Recognises a checkpoint's network and compares its parameters; reads no more than the schedule.
 * @throws ModelMismatchError listing the known architectures when none recognises it
 */
export async function inspectCheckpoint(
  definitions: readonly ModelDefinition[],
  { name, stateDict }: NamedStateDict,
): Promise<CheckpointInspection> {
  const blueprint = await identifyModel(definitions, stateDict, name);
  const parameters = createParameters();
  blueprint.build(parameters.root);
  const entries = blueprint.relevantEntries?.(stateDict) ?? stateDict;
  return {
    blueprint,
    parameterCount: parameters.count,
    differences: compareParameters(parameters, entries),
  };
}
