import { defineConfig } from 'tsup';

/** One build for every package: ESM, source maps, declarations; dependencies stay external. */
export function packageBuild(entry: string[]) {
  return defineConfig({
    entry,
    format: 'esm',
    target: 'es2022',
    platform: 'neutral',
    sourcemap: true,
    dts: true,
    clean: true,
    splitting: true,
    treeshake: true,
    external: [/^node:/],
  });
}
