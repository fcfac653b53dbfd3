import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The folder that downloads are kept in: DIFFIR_CACHE, else `diffir` in XDG_CACHE_HOME, else `~/.cache/diffir`.
 * As the XDG specification wants, a relative XDG_CACHE_HOME does not count.
 */
export function cacheFolder(environment: Environment = process.env): string {
  const { DIFFIR_CACHE: own, XDG_CACHE_HOME: caches } = environment;
  if (own !== undefined && own !== '') return own;
  if (caches !== undefined && isAbsolute(caches)) return join(caches, 'diffir');
  return join(homedir(), '.cache', 'diffir');
}
