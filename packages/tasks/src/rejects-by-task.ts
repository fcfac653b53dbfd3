import type { ModelDescriptor } from '@diffir/core';

/** The common answer of a task to a model: no, if the model does not list the task. */
export function rejectsByTask(task: string): (model: ModelDescriptor) => string | undefined {
  return (model) => (model.tasks.includes(task) ? undefined : `it is a network for ${model.purpose}`);
}
