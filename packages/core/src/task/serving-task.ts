import { ModelUseError } from '../errors/model-use-error';
import type { ModelDescriptor } from '../model/model';
import type { Registry } from '../plugin/registry';
import type { TaskDefinition } from './task';

export interface ServingTaskOptions {
  readonly descriptor: ModelDescriptor;
  /** What errors call the model. */
  readonly name: string;
  /** The task wanted; default: the first one the model serves. */
  readonly task: TaskDefinition | undefined;
}

/**
 * The task that a model is used for.
 * @throws ModelUseError when the model serves none, or not the one wanted
 */
export function servingTask(
  registry: Registry,
  { descriptor, name, task = firstTask(registry, descriptor, name) }: ServingTaskOptions,
): TaskDefinition {
  const reason = task.rejects(descriptor);
  if (reason === undefined) return task;
  throw new ModelUseError({
    subject: name,
    problem: `cannot be used for ${task.id}: ${reason}`,
    remedy: `it serves: ${descriptor.tasks.join(', ') || 'no task'}`,
  });
}

function firstTask(registry: Registry, descriptor: ModelDescriptor, name: string): TaskDefinition {
  const [first] = descriptor.tasks;
  if (first !== undefined) return registry.task(first);
  throw new ModelUseError({ subject: name, problem: descriptor.purpose, remedy: 'use a stage-2 model' });
}
