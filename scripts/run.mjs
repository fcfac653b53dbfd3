// Runs a TypeScript script with the packages' sources bundled in: node scripts/run.mjs scripts/<name>.ts
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

// The script sees its own arguments behind its own name, as if node had been given it.
process.argv.splice(1, 1);
const script = process.argv[1];
if (script === undefined) {
  console.error('run: no script given; try node scripts/run.mjs scripts/<name>.ts');
  process.exit(2);
}

// Inside the repository, where the bundle's imports resolve.
const folder = await mkdtemp(fileURLToPath(new URL('../node_modules/.diffir-script-', import.meta.url)));
try {
  const outfile = join(folder, 'script.mjs');
  await build({
    entryPoints: [script],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    conditions: ['@diffir/source', 'node', 'import'],
    external: [
      '@tensorflow/*',
      'sharp',
      'webgpu',
      'onnxruntime-node',
      'playwright-core',
      'esbuild',
      'assemblyscript',
    ],
    logLevel: 'error',
  });
  await import(pathToFileURL(outfile).href);
} finally {
  await rm(folder, { recursive: true });
}
