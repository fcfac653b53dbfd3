// Runs a TypeScript script against the packages' sources: node scripts/run.mjs scripts/<name>.ts [args]
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'tsup';

const entry = process.argv[2];
if (entry === undefined) {
  console.error('run: no script given; use node scripts/run.mjs scripts/<name>.ts');
  process.exit(2);
}

// Inside node_modules, so that the bundle still finds the dependencies it leaves outside.
const cache = fileURLToPath(new URL('../node_modules/.cache/', import.meta.url));
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, 'run-'));
try {
  await build({
    entry: [resolve(entry)],
    outDir: folder,
    format: 'esm',
    target: 'node20',
    platform: 'node',
    noExternal: [/^@diffir\//],
    esbuildOptions: (options) => {
      options.conditions = ['@diffir/source'];
    },
    outExtension: () => ({ js: '.mjs' }),
    config: false,
    silent: true,
  });
  await import(pathToFileURL(join(folder, basename(entry).replace(/\.ts$/, '.mjs'))).href);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
