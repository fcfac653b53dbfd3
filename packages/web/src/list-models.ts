import { zooModels } from '@diffir/models/zoo';

/** A model that can be used by its name. */
export interface ModelSummary {
  readonly id: string;
  readonly task: string;
  /** Output size over input size. */
  readonly scale: number;
  /** Size of the file that is downloaded. */
  readonly bytes: number;
}

/** The built-in models. */
export function listModels(): readonly ModelSummary[] {
  return zooModels.map(({ name, task, scale, bytes }) => ({ id: name, task, scale, bytes }));
}
