import type { BackendDefinition } from '../backend/backend';
import type { ModelDefinition } from '../model/model';
import type { TaskDefinition } from '../task/task';

/** Everything a package adds to DiffIR; a plain value, installed explicitly into a registry. */
export interface Plugin {
  readonly name: string;
  readonly models?: readonly ModelDefinition[];
  readonly tasks?: readonly TaskDefinition[];
  readonly backends?: readonly BackendDefinition[];
}

/**
 * Types a plugin where it is written.
 * @example
 * export const myPlugin = definePlugin({ name: 'my-plugin', models: [myModel] });
 */
export function definePlugin(plugin: Plugin): Plugin {
  return plugin;
}
