/**
 * Packs `bench/gpu.ts` for a Linux machine (x64) with a GPU and nothing else on it: Node, Dawn and onnxruntime's
 * libraries compressed, and one script that unpacks and runs them.
 *
 *     node scripts/run.mjs bench/pack-gpu.ts <folder>
 *     sh <folder>/run.sh --rounds 5 --json report.json        # there
 *
 * Packing needs `xz`, unpacking `xz` or Python.
 */
import { spawnSync } from 'node:child_process';
import { cp, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

/** Small enough to be copied over a slow line. */
const MOST_BYTES = 64 * 2 ** 20;

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new RangeError('give the folder to pack into');

await mkdir(folder, { recursive: true });
if ((await readdir(folder)).length > 0) throw new RangeError(`${folder} is not empty`);

await build({
  entryPoints: { gpu: 'bench/gpu.ts', 'gpu-process': 'bench/gpu/gpu-process.ts' },
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  conditions: ['@diffir/source', 'node', 'import'],
  // CommonJS packages ask for Node's own modules by `require`.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
  external: ['webgpu', 'onnxruntime-node'],
  logLevel: 'error',
});

const platform = `${process.platform}-${process.arch}`;
await compress(process.execPath, join(folder, 'node'));
await copyPackage('webgpu', ['index.js'], [`dist/${platform}/dawn.node`]);
await copyPackage(
  'onnxruntime-node',
  ['dist'],
  [
    ...['libonnxruntime.so.1', 'onnxruntime_binding.node'].map(
      (name) => `bin/napi-v6/${process.platform}/${process.arch}/${name}`,
    ),
  ],
);
await copyPackage('onnxruntime-common', ['dist/cjs'], []);
await writeFile(join(folder, 'run.sh'), runScript());

const bytes = await sizeOf(folder);
console.log(`${folder}: ${(bytes / 2 ** 20).toFixed(1)} MiB`);
if (bytes > MOST_BYTES) throw new RangeError('that is more than it should be: 64 MiB');

async function copyPackage(
  name: string,
  files: readonly string[],
  compressed: readonly string[],
): Promise<void> {
  const source = join('node_modules', name);
  const target = join(folder ?? '', 'node_modules', name);
  for (const file of ['package.json', ...files]) {
    const filter = (path: string) => !/\.(map|d\.ts)$/.test(path);
    await cp(join(source, file), join(target, file), { recursive: true, filter });
  }
  for (const file of compressed) await compress(join(source, file), join(target, file));
}

/** Writes `<target>.xz`. */
async function compress(source: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const packed = spawnSync('xz', ['-9', '-T0', '-c', source], { maxBuffer: 2 ** 28 });
  if (packed.status !== 0) throw new Error(`xz: ${packed.error?.message ?? packed.stderr.toString()}`);
  await writeFile(`${target}.xz`, packed.stdout);
}

function runScript(): string {
  return `#!/bin/sh
# Unpacks what is compressed, once, and times the contestants; options as in bench/gpu.ts.
set -e
cd "$(dirname "$0")"
unpack='import lzma, shutil, sys; shutil.copyfileobj(lzma.open(sys.argv[1]), open(sys.argv[2], "wb"))'
find . -name '*.xz' | while read -r packed; do
  file="\${packed%.xz}"
  [ -e "$file" ] && continue
  xz -dc "$packed" > "$file.part" || python3 -c "$unpack" "$packed" "$file.part"
  mv "$file.part" "$file"
done
chmod +x node
exec ./node gpu.mjs --process gpu-process.mjs "$@"
`;
}

async function sizeOf(path: string): Promise<number> {
  const info = await stat(path);
  if (!info.isDirectory()) return info.size;
  const sizes = await Promise.all((await readdir(path)).map((name) => sizeOf(join(path, name))));
  return sizes.reduce((sum, size) => sum + size, 0);
}
