import { createRegistry, type Plugin, type Registry } from '@diffir/core';
import { builtinPlugins } from './builtin-plugins';
import type { DiffIRConfig } from './config';
import { loadConfig } from './load-config';
import { loadPlugin } from './load-plugin';

/** What a run of the command has at hand. */
export interface Installation {
  readonly registry: Registry;
  readonly config: DiffIRConfig;
}

/**
 * Built-in plugins, those of the configuration file, and those named on the command line.
 * @param names paths and package names of plugins
 * @throws PluginError when one of them cannot be used
 */
export async function install(names: readonly string[], cwd: string): Promise<Installation> {
  const config = await loadConfig(cwd);
  const plugins: Plugin[] = [...builtinPlugins];
  const others = [...(config.plugins ?? []), ...names];
  // A file outside any package cannot import it, but may use what it adds to tensors: methods and gradients.
  if (others.length > 0) await import('@tensorflow/tfjs');
  for (const plugin of others) {
    plugins.push(typeof plugin === 'string' ? await loadPlugin(plugin, cwd) : plugin);
  }
  return { registry: createRegistry(plugins), config };
}
