import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';

/** Part of what a page fetches, with its size in bytes. */
export interface BundlePart {
  readonly name: string;
  readonly bytes: number;
  readonly gzipBytes: number;
}

const page = 'packages/web/src/index.ts';
const worker = 'packages/web/src/worker.ts';

/** Parts of their own: name, the module that is imported when it is needed, and files beside. */
const onDemand = [
  { name: 'backend webgpu', module: 'packages/backends/webgpu/src/index.ts' },
  { name: 'backend wasm', module: 'packages/backends/wasm/src/index.ts' },
  { name: 'backend cpu', module: 'packages/backends/cpu/src/index.ts' },
  { name: 'for plugins', module: 'node_modules/@tensorflow/tfjs/dist/index.js' },
] as const;

const wasmFiles = ['', '-simd', '-threaded-simd'].map((kind) => `tfjs-backend-wasm${kind}.wasm`);

/** Bundles `@diffir/web` as for a page, in memory, and measures what is fetched when. */
export async function measureBundle(root: string): Promise<readonly BundlePart[]> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: { diffir: page, worker },
    outdir: 'out',
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    conditions: ['browser', '@diffir/source'],
    logLevel: 'error',
  });
  const contents = new Map(outputFiles.map(({ path, contents }) => [path, contents]));
  const measure = (name: string, chunks: Iterable<string>) =>
    sizeOf(
      name,
      [...chunks].map((chunk) => contents.get(resolve(root, chunk)) ?? new Uint8Array(0)),
    );
  const chunkOf = (module: string) => {
    const found = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === module);
    if (found === undefined) throw new Error(`${module} is in no chunk of its own`);
    return found[0];
  };
  const pageChunks = reachable(metafile, chunkOf(page), ['import-statement']);
  const workerChunks = reachable(metafile, chunkOf(worker), ['import-statement']);
  const backends = onDemand.map(({ name, module }) => {
    const chunks = reachable(metafile, chunkOf(module), ['import-statement', 'dynamic-import']);
    return measure(name, without(chunks, workerChunks));
  });
  const wasmFolder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
  const files = wasmFiles.map(async (file) => sizeOf(file, [await readFile(join(wasmFolder, file))]));
  return [
    measure('page', pageChunks),
    measure('worker', workerChunks),
    ...backends,
    ...(await Promise.all(files)),
  ];
}

/** A chunk and those it brings along. */
function reachable(metafile: Metafile, chunk: string, kinds: readonly string[], seen = new Set<string>()) {
  if (seen.has(chunk)) return seen;
  seen.add(chunk);
  for (const { path, kind } of metafile.outputs[chunk]?.imports ?? []) {
    if (kinds.includes(kind)) reachable(metafile, path, kinds, seen);
  }
  return seen;
}

function without(chunks: ReadonlySet<string>, others: ReadonlySet<string>): string[] {
  return [...chunks].filter((chunk) => !others.has(chunk));
}

function sizeOf(name: string, files: readonly Uint8Array[]): BundlePart {
  const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);
  return {
    name,
    bytes: sum(files.map(({ length }) => length)),
    gzipBytes: sum(files.map((file) => gzipSync(file, { level: 9 }).length)),
  };
}
