import type { StateDict } from '../checkpoint/state-dict';
import { ModelMismatchError } from '../errors/model-mismatch-error';
import type { ModelBlueprint, ModelDefinition } from './model';

/**
 * The network a state dict belongs to, by asking each definition in order.
 * @param subject what the error should name, usually the file
 * @throws ModelMismatchError listing the known architectures when none recognises it
 */
export async function identifyModel(
  definitions: readonly ModelDefinition[],
  stateDict: StateDict,
  subject: string,
): Promise<ModelBlueprint> {
  for (const definition of definitions) {
    const blueprint = await definition.detect(stateDict);
    if (blueprint !== undefined) return blueprint;
  }
  throw new ModelMismatchError({
    subject,
    problem: 'its architecture is not one that is installed',
    remedy: `known: ${definitions.map(({ id, description }) => `${id} (${description})`).join('; ')}`,
  });
}
