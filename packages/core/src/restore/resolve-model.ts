import { ModelUseError } from '../errors/model-use-error';
import { OptionError } from '../errors/option-error';
import { UnknownIdError } from '../errors/unknown-id-error';
import type { Registry } from '../plugin/registry';
import type { TaskDefinition } from '../task/task';

/** Where a model's weights lie and what to call it in messages. */
export interface ModelChoice {
  readonly name: string;
  readonly location: string | URL;
}

interface ModelRequest {
  readonly model: string | undefined;
  readonly task: TaskDefinition | undefined;
}

/**
 * Finds the weights a user means: a pretrained model's name, a task's id (its default model), a file
 * or URL, or nothing but a task.
 * @throws UnknownIdError listing the known models for a name nothing answers to
 * @throws ModelUseError when the task has no default model
 */
export function resolveModel(registry: Registry, { model, task }: ModelRequest): ModelChoice {
  if (model === undefined) {
    if (task !== undefined) return defaultModel(registry, task);
    throw new OptionError({ subject: 'model', problem: 'neither a model nor a task is given' });
  }
  const named = registry.pretrained.find(({ name }) => name === model);
  if (named !== undefined) return { name: named.name, location: named.url };
  const namesake = registry.tasks.find(({ id }) => id === model);
  if (namesake !== undefined) return defaultModel(registry, namesake);
  if (isLocation(model)) return { name: model, location: model };
  throw new UnknownIdError('model', model, [
    ...registry.pretrained.map(({ name }) => name),
    'or a checkpoint file',
  ]);
}

function defaultModel(registry: Registry, task: TaskDefinition): ModelChoice {
  const found = registry.pretrained.find(({ name }) => name === task.defaultModel);
  if (found !== undefined) return { name: found.name, location: found.url };
  throw new ModelUseError({
    subject: task.id,
    problem: 'no model for it is installed',
    remedy: 'give a checkpoint file as the model',
  });
}

/** Whether a string names a file or URL rather than an installed model. */
function isLocation(model: string): boolean {
  return /[\\/]|\.(pth|pt|ckpt|safetensors|bin)$/i.test(model);
}
