import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The packages that carry native TensorFlow, in order of preference. */
const nativePackages = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const;

export type NativePackage = (typeof nativePackages)[number];

/** A package with its native library in place, or why there is none. */
export type NativePackageSearch =
  | { readonly found: NativePackage }
  | { readonly found?: never; readonly reason: string; readonly remedy: string };

/**
 * Looks for an installed package whose native library has been downloaded, without loading it.
 * @param from file or URL that would import it.
 */
export function findNativePackage(from: string = import.meta.url): NativePackageSearch {
  const { resolve } = createRequire(from);
  let incomplete: NativePackage | undefined;
  for (const name of nativePackages) {
    const folder = packageFolder(resolve, name);
    if (folder === undefined) continue;
    if (hasLibrary(folder)) return { found: name };
    incomplete ??= name;
  }
  if (incomplete !== undefined) {
    return {
      reason: `${incomplete} is installed without its native library`,
      remedy: `run \`npm rebuild ${incomplete} --build-addon-from-source\``,
    };
  }
  return {
    reason: '@tensorflow/tfjs-node is not installed',
    remedy: 'run `npm install @tensorflow/tfjs-node`, or @tensorflow/tfjs-node-gpu for NVIDIA GPUs',
  };
}

function packageFolder(resolve: NodeJS.RequireResolve, name: NativePackage): string | undefined {
  try {
    return dirname(resolve(`${name}/package.json`));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** The install script puts the addon under lib/napi-v<ABI>/; both packages support ABI 8. */
function hasLibrary(folder: string): boolean {
  return existsSync(join(folder, 'lib', 'napi-v8', 'tfjs_binding.node'));
}
