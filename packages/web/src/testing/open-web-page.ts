import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserPage, type BrowserPageOptions, openBrowserPage } from '../../../../tools/browser';

const resolve = createRequire(import.meta.url).resolve;

/** What a page with `@diffir/web` needs beside it. */
const folders = {
  '/wasm/': dirname(resolve('@tensorflow/tfjs-backend-wasm')),
  '/weights/': fileURLToPath(new URL('../../../models/weights/', import.meta.url)),
};

/**
 * Opens a page with functions of this folder's `page` modules at hand, and the package's worker beside it.
 * @param name of the module, e.g. `restoring` for `page/restoring.ts`
 */
export function openWebPage(
  name: string,
  { modules, folders: more, ...options }: Partial<Omit<BrowserPageOptions, 'source'>> = {},
): Promise<BrowserPage> {
  return openBrowserPage({
    source: `export * from './packages/web/src/testing/page/${name}';`,
    modules: { worker: `import './packages/web/src/worker';`, ...modules },
    folders: { ...folders, ...more },
    ...options,
  });
}
