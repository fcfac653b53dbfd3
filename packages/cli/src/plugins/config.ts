import { type Plugin, PluginError } from '@diffir/core';
import { type OutputFormat, outputFormats } from '../io/image-formats';
import { type NumberRule, numberRules } from '../options/option-rules';
import { isPlugin } from './is-plugin';

/** What `diffir.config.ts` (or .js, .mjs, .json) may say; options on the command line go before it. */
export interface DiffIRConfig {
  /** Plugin values, or paths (from the file's folder) and package names. */
  readonly plugins?: readonly (string | Plugin)[];
  readonly task?: string;
  readonly model?: string;
  readonly backend?: string;
  /** Threads for the backends wasm and cpu: how many, 0 for none, or `auto`. */
  readonly workers?: number | 'auto';
  readonly seed?: number;
  readonly outscale?: number;
  readonly format?: OutputFormat | 'keep';
  readonly quality?: number;
  readonly suffix?: string;
}

interface Check {
  readonly says: string;
  accepts(value: unknown): boolean;
}

const text: Check = { says: 'a string', accepts: (value) => typeof value === 'string' && value !== '' };
const formats = ['keep', ...outputFormats];

const checks: Readonly<Record<keyof DiffIRConfig, Check>> = {
  plugins: {
    says: 'a list of module names and plugins',
    accepts: (value) =>
      Array.isArray(value) && value.every((item) => typeof item === 'string' || isPlugin(item)),
  },
  task: text,
  model: text,
  backend: text,
  workers: {
    says: numberRules.workers.says,
    accepts: (value) => value === 'auto' || (typeof value === 'number' && numberRules.workers.accepts(value)),
  },
  seed: numberCheck(numberRules.seed),
  outscale: numberCheck(numberRules.outscale),
  format: {
    says: `one of ${formats.join(', ')}`,
    accepts: (value) => formats.some((format) => format === value),
  },
  quality: numberCheck(numberRules.quality),
  suffix: text,
};

/**
 * Checks what a configuration file exports.
 * @param name what errors call the file
 * @throws PluginError naming the first key that is unknown or has a wrong value
 */
export function assertConfig(value: unknown, name: string): asserts value is DiffIRConfig {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new PluginError({
      subject: name,
      problem: 'it is no configuration',
      remedy: 'export an object like { plugins: ["./my-plugin.ts"] }',
    });
  }
  for (const [key, entry] of Object.entries(value)) {
    const check = isKey(key) ? checks[key] : undefined;
    if (check === undefined) {
      const remedy = `known: ${Object.keys(checks).join(', ')}`;
      throw new PluginError({ subject: name, problem: `unknown key "${key}"`, remedy });
    }
    if (!check.accepts(entry)) {
      throw new PluginError({ subject: name, problem: `"${key}" must be ${check.says}` });
    }
  }
}

function numberCheck(rule: NumberRule): Check {
  return { says: rule.says, accepts: (value) => typeof value === 'number' && rule.accepts(value) };
}

function isKey(key: string): key is keyof DiffIRConfig {
  return Object.hasOwn(checks, key);
}
