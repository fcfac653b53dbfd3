import { mkdir, writeFile } from 'node:fs/promises';
import { PluginError } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder';
import { loadPlugin } from './load-plugin';

const folder = temporaryFolder();
const value = (name: string) => `{ name: '${name}', models: [] }`;

async function write(name: string, source: string): Promise<void> {
  await writeFile(folder.file(name), source);
}

describe('loadPlugin', () => {
  it('takes the default export, or any export that is a plugin', async () => {
    await write('default.mjs', `export const other = ${value('other')}; export default ${value('default')};`);
    await write('named.mjs', `export const answer = 42; export const myPlugin = ${value('named')};`);
    await write('common.cjs', `module.exports = ${value('common')};`);
    for (const name of ['default.mjs', 'named.mjs', 'common.cjs']) {
      expect(await loadPlugin(`./${name}`, folder.path)).toEqual({ name: name.split('.')[0], models: [] });
    }
  });

  it('loads TypeScript, also without "./" in front', async () => {
    await write(
      'typed.ts',
      `interface A { a: number }\nenum E { One = 1 }\nconst a: A = { a: E.One };
      export const plugin = { name: \`typed\${a.a}\`, models: [] };`,
    );
    expect(await loadPlugin('typed.ts', folder.path)).toMatchObject({ name: 'typed1' });
    expect(await loadPlugin(folder.file('typed.ts'), '/')).toMatchObject({ name: 'typed1' });
  });

  it('finds packages from the folder', async () => {
    const root = folder.file('node_modules', 'diffir-plugin-x');
    await mkdir(root, { recursive: true });
    const manifest = { name: 'diffir-plugin-x', type: 'module', exports: { '.': { import: './index.js' } } };
    await writeFile(`${root}/package.json`, JSON.stringify(manifest));
    await writeFile(`${root}/index.js`, `export const plugin = ${value('packaged')};`);
    expect(await loadPlugin('diffir-plugin-x', folder.path)).toMatchObject({ name: 'packaged' });
  });

  it.each([
    [
      'missing.mjs',
      undefined,
      'no such plugin file or package; check the path, or install the package; built in: @diffir/models',
    ],
    ['empty.mjs', 'export const answer = 42;', 'it exports no DiffIR plugin'],
    ['nameless.mjs', 'export default { models: [] };', 'it exports no DiffIR plugin'],
    ['broken.mjs', 'export default {', 'it fails to load: '],
    ['broken.ts', 'export default {', 'it fails to load: '],
    ['throws.mjs', 'throw new Error("no\\nluck");', 'it fails to load: no'],
    ['imports.mjs', 'import "not-installed-anywhere";', 'it fails to load: '],
  ])('names %s when it cannot be used', async (name, source, problem) => {
    if (source !== undefined) await write(name, source);
    const error = await loadPlugin(`./${name}`, folder.path).catch((caught: unknown) => caught);
    expect(PluginError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ message: expect.stringContaining(`./${name}: ${problem}`) });
    expect(error).toMatchObject({ message: expect.not.stringContaining('\n') });
  });
});
