import { OptionError, type Registry, resolveModel, type TaskDefinition } from '@diffir/core';
import { INPUT_NAME } from '../../eval/contestant';

/**
 * The models to measure, as the user wrote them.
 * @throws UnknownIdError, ModelUseError for one that is not there, before any work starts
 * @throws OptionError when two have one name
 */
export function chooseModels(
  models: readonly string[],
  { registry, task }: { readonly registry: Registry; readonly task: TaskDefinition | undefined },
): readonly string[] {
  const taken = new Set([INPUT_NAME]);
  for (const model of models) {
    const { name } = resolveModel(registry, { model, task });
    if (taken.has(name)) {
      throw new OptionError({
        subject: '--model',
        problem: `${name} is measured already`,
        remedy: 'name each model once; the input itself is always measured',
      });
    }
    taken.add(name);
  }
  return models;
}
