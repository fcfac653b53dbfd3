import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PluginError } from '@diffir/core';
import { firstLine } from '../text/first-line';
import { assertConfig, type DiffIRConfig } from './config';
import { importModule } from './import-module';

const names = ['diffir.config.ts', 'diffir.config.js', 'diffir.config.mjs', 'diffir.config.json'];

/**
 * The configuration in a folder; empty where there is none.
 * @throws PluginError when there are several, or it fails to load or says something unknown
 */
export async function loadConfig(folder: string): Promise<DiffIRConfig> {
  const found = names.filter((name) => existsSync(join(folder, name)));
  const [name] = found;
  if (name === undefined) return {};
  if (found.length > 1) {
    throw new PluginError({
      subject: name,
      problem: `there is more than one configuration: ${found.join(', ')}`,
      remedy: 'keep one of them',
    });
  }
  const config = await read(name, folder);
  assertConfig(config, name);
  return config;
}

async function read(name: string, folder: string): Promise<unknown> {
  const path = join(folder, name);
  try {
    if (name.endsWith('.json')) return JSON.parse(await readFile(path, 'utf8'));
    return (await importModule(path, folder))?.default;
  } catch (cause) {
    throw new PluginError({ subject: name, problem: `it fails to load: ${firstLine(cause)}`, cause });
  }
}
