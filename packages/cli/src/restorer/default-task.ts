interface Choice {
  readonly task?: string;
  readonly model?: string;
}

/** Deblurring, where neither a task nor a model is chosen. */
export function withDefaultTask<T extends Choice>(choice: T): T | (T & { readonly task: string }) {
  return choice.task === undefined && choice.model === undefined ? { ...choice, task: 'deblur' } : choice;
}
