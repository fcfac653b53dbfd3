import type { BundlePart } from './measure-bundle';

const comments: Readonly<Record<string, string>> = {
  page: 'always',
  worker: 'with the first restorer; TensorFlow.js is most of it',
  'backend webgpu': 'where there is a GPU',
  'backend wasm': 'where there is none, and one of the files below',
  'backend cpu': 'only if asked for, or if there is no WebAssembly',
  'for plugins': 'with plugins at addresses: all of TensorFlow.js, for its methods on tensors',
  'tfjs-backend-wasm.wasm': 'without SIMD',
  'tfjs-backend-wasm-simd.wasm': 'with SIMD',
  'tfjs-backend-wasm-threaded-simd.wasm': 'with SIMD, in cross-origin isolated pages',
};

/** The page with the sizes. */
export function renderSizes(parts: readonly BundlePart[]): string {
  const rows = parts.map(
    ({ name, bytes, gzipBytes }) =>
      `| ${name} | ${kilobytes(bytes)} | ${kilobytes(gzipBytes)} | ${comments[name] ?? ''} |`,
  );
  return `# What a page fetches

\`@diffir/web\`, minified by esbuild, in kB (1000 bytes). The model comes on top. Written by
\`node scripts/run.mjs scripts/write-bundle-sizes.ts\`; a test holds the table to what is measured.

| part | minified | gzip | fetched |
| --- | --- | --- | --- |
${rows.join('\n')}

Restoring needs TensorFlow.js' core alone: imported as a whole, its layers, converters and WebGL backend would stay in
the bundle, as they register themselves (337 kB of a worker). The budget is 600 kB, gzipped, for all but the backend.
`;
}

/** The gzip sizes in a page that \`renderSizes\` wrote, by part. */
export function readSizes(page: string): ReadonlyMap<string, number> {
  const rows = page.matchAll(/^\| ([\w .-]+) \| [\d.]+ \| ([\d.]+) \|/gm);
  return new Map([...rows].map(([, name = '', size]) => [name, Number(size) * 1000]));
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}
