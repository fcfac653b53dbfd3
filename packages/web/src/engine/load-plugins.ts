import { DiffIRError, type Plugin, PluginError } from '@diffir/core';

/**
 * Imports the modules and takes their exports named `plugin`.
 * @throws PluginError when one cannot be loaded or exports none
 */
export async function loadPlugins(addresses: readonly string[]): Promise<readonly Plugin[]> {
  // A module at an address cannot import the worker's TensorFlow.js, but may use what all of it adds to tensors.
  if (addresses.length > 0) await import('@tensorflow/tfjs');
  return Promise.all(addresses.map(loadPlugin));
}

async function loadPlugin(address: string): Promise<Plugin> {
  const module: unknown = await importModule(address);
  const plugin: unknown =
    typeof module === 'object' && module !== null ? Reflect.get(module, 'plugin') : undefined;
  if (isPlugin(plugin)) return plugin;
  throw new PluginError({
    subject: address,
    problem: 'it exports no DiffIR plugin',
    remedy: 'export a value named plugin, made with definePlugin({ name, models, tasks, backends })',
  });
}

async function importModule(address: string): Promise<unknown> {
  try {
    // The address is the user's; bundlers must leave it alone.
    return await import(/* webpackIgnore: true */ /* @vite-ignore */ address);
  } catch (cause) {
    if (DiffIRError.isInstance(cause)) throw cause;
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new PluginError({ subject: address, problem: `it fails to load: ${detail}`, cause });
  }
}

/** Its lists are checked when it is installed. */
function isPlugin(value: unknown): value is Plugin {
  return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string';
}
