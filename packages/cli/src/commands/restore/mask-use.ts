import { OptionError, type TaskDefinition } from '@diffir/core';

/** @throws OptionError when a task's mask is missing, or a mask is given that it has no use for */
export function assertMaskUse(task: TaskDefinition, mask: string | undefined): void {
  if (task.mask === 'required' && mask === undefined) {
    throw new OptionError({
      subject: `task ${task.id}`,
      problem: 'it needs a mask',
      remedy: 'give one with --mask, white where to fill',
    });
  }
  if (task.mask === 'none' && mask !== undefined) {
    throw new OptionError({
      subject: '--mask',
      problem: `task ${task.id} takes no mask`,
      remedy: 'leave it out, or use --task inpaint',
    });
  }
}
