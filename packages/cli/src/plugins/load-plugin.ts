import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { DiffIRError, type Plugin, PluginError } from '@diffir/core';
import { firstLine } from '../text/first-line';
import { builtinPlugins } from './builtin-plugins';
import { importModule, type ModuleExports } from './import-module';
import { isPlugin } from './is-plugin';

/**
 * Loads a plugin from a file or package: its default export, or else any one that is a plugin.
 * @param name a path or a package's name; a bare name that is a file here is that file
 * @param from folder that paths start from and packages are looked up in
 * @throws PluginError when there is no such module, it fails to load, or exports no plugin
 */
export async function loadPlugin(name: string, from: string): Promise<Plugin> {
  const module = await importPlugin(name, from);
  if (module === undefined) {
    throw new PluginError({
      subject: name,
      problem: 'no such plugin file or package',
      remedy: `check the path, or install the package; built in: ${builtinPlugins.map((plugin) => plugin.name).join(', ')}`,
    });
  }
  const plugin = [module.default, ...Object.values(module)].find(isPlugin);
  if (plugin !== undefined) return plugin;
  throw new PluginError({
    subject: name,
    problem: 'it exports no DiffIR plugin',
    remedy: 'export a value made with definePlugin({ name, models, tasks, backends })',
  });
}

async function importPlugin(name: string, from: string): Promise<ModuleExports | undefined> {
  const path = resolve(from, name);
  try {
    return await importModule(existsSync(path) ? path : name, from);
  } catch (cause) {
    if (DiffIRError.isInstance(cause)) throw cause;
    throw new PluginError({ subject: name, problem: `it fails to load: ${firstLine(cause)}`, cause });
  }
}
