import { sep } from 'node:path';
import { defineConfig, type Options } from 'tsup';

const TENSORFLOW = '@tensorflow/tfjs-core';
/** Stands for it in what is built, since Node loads it sooner from there (`docs/decisions/0009-loading-tensorflow.md`). */
const SOONER = '@diffir/core/tensorflow';
/** The one file that imports the package itself. */
const itself = ['core', 'src', 'tensorflow', 'index.ts'].join(sep);

const loadedSooner: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'tensorflow-loaded-sooner',
  setup(build) {
    build.onResolve({ filter: new RegExp(`^${TENSORFLOW}$`) }, ({ importer }) => ({
      path: importer.endsWith(itself) ? TENSORFLOW : SOONER,
      external: true,
    }));
  },
};

/** One build for every package: ESM, source maps, declarations; dependencies stay external. */
export function packageBuild(entry: string[], more: Options = {}) {
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
    // It is external too, but under the other name.
    noExternal: [TENSORFLOW],
    esbuildPlugins: [loadedSooner],
    ...more,
  });
}
