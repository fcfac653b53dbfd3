// After tsup: puts TensorFlow.js's .wasm files beside the build, and makes `dist/standalone`, a copy of the
// package that pages can use as it is, without a bundler.
import { cp, mkdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const dist = fileURLToPath(new URL('./dist/', import.meta.url));
const standalone = join(dist, 'standalone');
const resolve = (name) => createRequire(import.meta.url).resolve(name);

await copyWasm(join(dist, 'wasm'));

await rm(standalone, { recursive: true, force: true });
await build({
  entryPoints: { diffir: join(dist, 'index.js'), worker: join(dist, 'worker.js') },
  outdir: standalone,
  // What is shared lies one folder deeper, from where `../weights/` leads into this folder.
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  minify: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  logLevel: 'error',
});
await copyWasm(join(standalone, 'chunks', 'wasm'));
const weights = join(dirname(resolve('@diffir/models')), '..', 'weights');
await cp(weights, join(standalone, 'weights'), {
  recursive: true,
  filter: (path) => !path.endsWith('.md'),
});

async function copyWasm(folder) {
  await mkdir(folder, { recursive: true });
  for (const kind of ['', '-simd', '-threaded-simd']) {
    const file = resolve(`@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm${kind}.wasm`);
    await cp(file, join(folder, basename(file)));
  }
  const script = 'tfjs-backend-wasm-threaded-simd.js';
  await cp(resolve(`@tensorflow/tfjs-backend-wasm/wasm-out/${script}`), join(folder, `${script}.txt`));
}
