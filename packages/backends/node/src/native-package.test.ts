import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findNativePackage } from './native-package';

describe('findNativePackage', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'diffir-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  /** Installs a package as npm would, with or without what its install script fetches. */
  async function install(name: string, { library }: { library: boolean }): Promise<void> {
    const folder = join(root, 'node_modules', name);
    await mkdir(join(folder, 'lib', 'napi-v8'), { recursive: true });
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name, version: '4.22.0' }));
    if (library) await writeFile(join(folder, 'lib', 'napi-v8', 'tfjs_binding.node'), '');
  }

  const find = () => findNativePackage(join(root, 'index.js'));

  it('finds nothing where nothing is installed', () => {
    expect(find()).toMatchObject({ reason: '@tensorflow/tfjs-node is not installed' });
  });

  it('prefers the GPU package', async () => {
    await install('@tensorflow/tfjs-node', { library: true });
    expect(find()).toEqual({ found: '@tensorflow/tfjs-node' });
    await install('@tensorflow/tfjs-node-gpu', { library: true });
    expect(find()).toEqual({ found: '@tensorflow/tfjs-node-gpu' });
  });

  it('passes over a package whose library was not fetched', async () => {
    await install('@tensorflow/tfjs-node-gpu', { library: false });
    expect(find()).toMatchObject({
      reason: '@tensorflow/tfjs-node-gpu is installed without its native library',
    });
    await install('@tensorflow/tfjs-node', { library: true });
    expect(find()).toEqual({ found: '@tensorflow/tfjs-node' });
  });
});
