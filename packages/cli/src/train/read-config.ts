import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { OptionError } from '@diffir/core';
import { checkTrainingConfig, configError, type TrainingConfig } from '@diffir/training';
import { parseDocument } from 'yaml';
import { describeFileError } from '../io/file-errors';

/** A configuration and where it comes from. */
export interface ConfigFile {
  readonly config: TrainingConfig;
  /** As it was written. */
  readonly source: string;
  /** Absolute path of its folder, which its paths start from. */
  readonly folder: string;
}

/** Settings that name files or folders that must be there. */
const inputs = [
  'teacher',
  'start',
  'data.gt',
  'data.lq',
  'data.kernels',
  'validation.gt',
  'validation.lq',
  'losses.perceptual.file',
  'losses.adversarial.file',
  'losses.resnetPerceptual.file',
  'losses.lpips.file',
] as const;

/**
 * Reads a configuration in YAML or JSON.
 * @param name path of the file, as errors call it
 * @throws OptionError that names everything that is wrong with it
 */
export async function readConfig(name: string, cwd: string): Promise<ConfigFile> {
  const path = resolve(cwd, name);
  const source = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new OptionError({ subject: name, problem: describeFileError(cause), cause });
  });
  const document = parseDocument(source);
  if (document.errors.length > 0) {
    throw configError(
      name,
      document.errors.map(({ message }) => message.split('\n', 1)[0] ?? message),
    );
  }
  const value: unknown = document.toJS();
  const folder = dirname(path);
  const { config, problems } = checkTrainingConfig(value);
  const all = [...problems, ...missingInputs(config ?? value, folder)];
  if (config === undefined || all.length > 0) throw configError(name, all);
  return { config, source, folder };
}

function missingInputs(config: unknown, folder: string): string[] {
  return inputs.flatMap((setting) => {
    const value = setting.split('.').reduce(valueAt, config);
    const paths: unknown[] = Array.isArray(value) ? value : [value];
    return paths.flatMap((path) => {
      if (typeof path !== 'string' || existsSync(resolve(folder, path))) return [];
      return [`${setting}: no such file or folder: ${path}`];
    });
  });
}

function valueAt(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;
}
