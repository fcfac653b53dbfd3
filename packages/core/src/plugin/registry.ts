import type { BackendDefinition } from '../backend/backend';
import { PluginError } from '../errors/plugin-error';
import { UnknownIdError } from '../errors/unknown-id-error';
import type { ModelDefinition, PretrainedModel } from '../model/model';
import type { TaskDefinition } from '../task/task';
import type { Plugin } from './plugin';

/** What is installed: an immutable value made from plugins. */
export interface Registry {
  readonly plugins: readonly Plugin[];
  readonly models: readonly ModelDefinition[];
  readonly tasks: readonly TaskDefinition[];
  readonly backends: readonly BackendDefinition[];
  /** Every set of weights that any installed model definition offers. */
  readonly pretrained: readonly PretrainedModel[];
  /** @throws UnknownIdError listing the known tasks */
  task(id: string): TaskDefinition;
}

/**
 * A registry of these plugins, in order.
 * @throws PluginError naming both plugins where an id is taken twice, or where a value is no plugin
 */
export function createRegistry(plugins: readonly Plugin[]): Registry {
  plugins.forEach(assertPlugin);
  const models = collect('model', plugins, (plugin) => plugin.models, idOf);
  const tasks = collect('task', plugins, (plugin) => plugin.tasks, idOf);
  const backends = collect('backend', plugins, (plugin) => plugin.backends, idOf);
  const offered = (plugin: Plugin) => plugin.models?.flatMap((model) => model.pretrained ?? []);
  const pretrained = collect('pretrained model', plugins, offered, (model) => model.name);
  collect(
    'plugin',
    plugins,
    (plugin) => [plugin],
    (plugin) => plugin.name,
  );
  return {
    plugins: [...plugins],
    models,
    tasks,
    backends,
    pretrained,
    task(id) {
      const found = tasks.find((task) => task.id === id);
      if (found !== undefined) return found;
      throw new UnknownIdError('task', id, tasks.map(idOf));
    },
  };
}

/**
 * A new registry with one plugin more; the given one stays as it is, also when this throws.
 * @throws PluginError as createRegistry
 */
export function withPlugin(registry: Registry, plugin: Plugin): Registry {
  return createRegistry([...registry.plugins, plugin]);
}

function idOf(item: { readonly id: string }): string {
  return item.id;
}

/** All items of one kind; refuses an id that two of them share. */
function collect<T>(
  kind: string,
  plugins: readonly Plugin[],
  itemsOf: (plugin: Plugin) => readonly T[] | undefined,
  nameOf: (item: T) => string,
): T[] {
  const owners = new Map<string, string>();
  const items: T[] = [];
  for (const plugin of plugins) {
    for (const item of itemsOf(plugin) ?? []) {
      const name = nameOf(item);
      const owner = owners.get(name);
      if (owner !== undefined) {
        throw new PluginError({
          subject: plugin.name,
          problem: `${kind} "${name}" is already installed by ${owner}`,
          remedy: 'install one of the two, or rename one',
        });
      }
      owners.set(name, plugin.name);
      items.push(item);
    }
  }
  return items;
}

/** Plugins come from other packages, whose types nobody checked. */
function assertPlugin(plugin: Plugin): void {
  const lists = [plugin?.models, plugin?.tasks, plugin?.backends];
  const wellFormed =
    typeof plugin?.name === 'string' && lists.every((list) => list === undefined || Array.isArray(list));
  if (wellFormed) return;
  throw new PluginError({
    problem: 'not a DiffIR plugin',
    remedy: 'export a value made with definePlugin({ name, models, tasks, backends })',
  });
}
