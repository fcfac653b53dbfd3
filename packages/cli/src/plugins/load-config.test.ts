import { writeFile } from 'node:fs/promises';
import { PluginError } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder';
import { install } from './installation';
import { loadConfig } from './load-config';

const folder = temporaryFolder();
const write = (name: string, source: string) => writeFile(folder.file(name), source);
const failure = () => loadConfig(folder.path).catch((error: unknown) => error);

describe('loadConfig', () => {
  it('is empty where there is none', async () => {
    expect(await loadConfig(folder.path)).toEqual({});
  });

  it.each([
    ['diffir.config.ts', 'const seed: number = 7;\nexport default { seed };'],
    ['diffir.config.mjs', 'export default { seed: 7 };'],
    ['diffir.config.json', '{ "seed": 7 }'],
  ])('reads %s', async (name, source) => {
    await write(name, source);
    expect(await loadConfig(folder.path)).toEqual({ seed: 7 });
  });

  it.each([0, 2, 'auto'])('takes %s for the number of workers', async (workers) => {
    await write('diffir.config.json', JSON.stringify({ workers }));
    expect(await loadConfig(folder.path)).toEqual({ workers });
  });

  it.each([
    ['{ "tiles": 7 }', 'diffir.config.json: unknown key "tiles"; known: plugins, task, model'],
    ['{ "quality": 0 }', '"quality" must be a whole number from 1 to 100'],
    ['{ "workers": -1 }', '"workers" must be auto, 0 (no threads'],
    ['{ "workers": "many" }', '"workers" must be auto'],
    ['{ "seed": "1" }', '"seed" must be a whole number'],
    ['{ "format": "bmp" }', '"format" must be one of keep, png'],
    ['{ "plugins": "x" }', '"plugins" must be a list'],
    ['{ "plugins": [{ "name": "x" }] }', '"plugins" must be a list'],
    ['{ "task": "" }', '"task" must be a string'],
    ['[]', 'it is no configuration'],
    ['{', 'it fails to load: '],
  ])('refuses %s', async (source, problem) => {
    await write('diffir.config.json', source);
    const error = await failure();
    expect(PluginError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ message: expect.stringContaining(problem) });
  });

  it('refuses a module without a default export, one that throws, and a second configuration', async () => {
    await write('diffir.config.mjs', 'export const seed = 7;');
    expect(await failure()).toMatchObject({ message: expect.stringContaining('it is no configuration') });
    await write('diffir.config.ts', 'throw new Error("no luck");');
    expect(await failure()).toMatchObject({
      message: expect.stringContaining('more than one configuration: diffir.config.ts, diffir.config.mjs'),
    });
  });
});

describe('install', () => {
  const plugin = (name: string) => `export default { name: '${name}', models: [] };`;

  it('installs built-in plugins, then those of the configuration, then those named', async () => {
    await write('a.mjs', plugin('a'));
    await write('b.mjs', plugin('b'));
    const inline = "{ name: 'inline', models: [] }";
    await write('diffir.config.mjs', `export default { plugins: ['./a.mjs', ${inline}] };`);
    const { registry } = await install(['./b.mjs'], folder.path);
    const names = registry.plugins.map(({ name }) => name);
    expect(names.slice(-3)).toEqual(['a', 'inline', 'b']);
    expect(names).toContain('@diffir/models');
  });

  it('refuses a plugin that takes the name of another', async () => {
    await write('a.mjs', plugin('@diffir/models'));
    await expect(install(['./a.mjs'], folder.path)).rejects.toThrow(/already installed/);
  });
});
