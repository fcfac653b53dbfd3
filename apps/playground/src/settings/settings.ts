/** What the page's address says: everything that can be handed on in a link. */
export interface Settings {
  /** Task id. */
  readonly task: string;
  /** Name of a built-in model or address of a checkpoint; empty: the task's default model. */
  readonly model: string;
  /** Backend id or `auto`. */
  readonly backend: string;
  /** Seed of z_T, 0 to `maxSeed`. */
  readonly seed: number;
}

/** What is there to choose from. */
export interface Choices {
  readonly tasks: readonly string[];
  readonly models: readonly { readonly id: string; readonly task: string }[];
  readonly backends: readonly string[];
}

export const maxSeed = 2 ** 31 - 1;

export const defaultSettings: Settings = { task: 'deblur', model: '', backend: 'auto', seed: 0 };

/** Whether a model's name is the address of a checkpoint. */
export function isModelAddress(model: string): boolean {
  if (!/^https?:/i.test(model)) return false;
  return URL.canParse(model);
}
