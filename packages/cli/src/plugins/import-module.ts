import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Everything a module exports, by name. */
export type ModuleExports = Readonly<Record<string, unknown>>;

/**
 * Imports a file or package as an import in a file of the folder `from` would, TypeScript included.
 * @returns undefined where there is no such module
 */
export async function importModule(specifier: string, from: string): Promise<ModuleExports | undefined> {
  const { createJiti } = await import('jiti');
  const jiti = createJiti(pathToFileURL(join(from, 'diffir.config.ts')).href, {
    fsCache: false,
    interopDefault: false,
  });
  const url = jiti.esmResolve(specifier, { try: true });
  if (url === undefined) return undefined;
  // What Node can load itself is left to Node, so that packages are the same instances everywhere.
  const module: unknown = /\.[cm]?tsx?$/.test(url) ? await jiti.import(url) : await import(url);
  return isModule(module) ? module : {};
}

function isModule(value: unknown): value is ModuleExports {
  return typeof value === 'object' && value !== null;
}
