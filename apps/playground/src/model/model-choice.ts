import { isModelAddress, type Settings } from '../settings/settings';

/** Where the model comes from. */
export type ModelSource = 'built-in' | 'file' | 'url';

/** A model that can be loaded. */
export type ModelChoice =
  | { readonly kind: 'built-in'; readonly id: string }
  | { readonly kind: 'file'; readonly file: File }
  | { readonly kind: 'url'; readonly url: string };

/** A built-in model, as far as choosing needs it. */
export interface BuiltInModel {
  readonly id: string;
  readonly task: string;
}

/** Where the model comes from when the page opens with these settings, or the task changes to theirs. */
export function defaultSource({ task, model }: Settings, models: readonly BuiltInModel[]): ModelSource {
  if (isModelAddress(model)) return 'url';
  return models.some((candidate) => candidate.task === task) ? 'built-in' : 'file';
}

/** The model that is chosen; undefined while the visitor still has to give a file or an address. */
export function chooseModel(
  { task, model }: Settings,
  { source, file }: { readonly source: ModelSource; readonly file?: File | undefined },
  models: readonly BuiltInModel[],
): ModelChoice | undefined {
  if (source === 'file') return file && { kind: 'file', file };
  if (source === 'url') return isModelAddress(model) ? { kind: 'url', url: model } : undefined;
  const ofTask = models.filter((candidate) => candidate.task === task);
  const chosen = ofTask.find(({ id }) => id === model) ?? ofTask[0];
  return chosen && { kind: 'built-in', id: chosen.id };
}

/** Whether two choices are the same weights. A file is itself only, another of its name may differ. */
export function isSameModel(one: ModelChoice, other: ModelChoice): boolean {
  if (one.kind === 'built-in') return other.kind === 'built-in' && one.id === other.id;
  if (one.kind === 'url') return other.kind === 'url' && one.url === other.url;
  return other.kind === 'file' && one.file === other.file;
}

/** What the visitor knows a model by. */
export function modelName(choice: ModelChoice): string {
  if (choice.kind === 'built-in') return choice.id;
  if (choice.kind === 'file') return choice.file.name;
  const { pathname, hostname } = new URL(choice.url);
  return decodeURIComponent(pathname.split('/').pop() || hostname);
}
