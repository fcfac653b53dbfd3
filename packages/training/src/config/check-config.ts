import { OptionError } from '@diffir/core';
import { isPublishedOptions, translatePublishedOptions } from './published-options';
import { given, group, isSettings, type Settings } from './settings';
import { readTrainingConfig, type TrainingConfig } from './training-config';

/** What came of checking a configuration; without problems there is a `config`. */
export interface CheckedConfig {
  readonly config?: TrainingConfig;
  /** Everything that is wrong, in clauses. */
  readonly problems: readonly string[];
}

/** Checks a configuration, given as plain data: this project's own, or an option file of the published code. */
export function checkTrainingConfig(value: unknown): CheckedConfig {
  const problems: string[] = [];
  const add = (path: string, problem: string) => {
    problems.push(path === '' ? problem : `${path}: ${problem}`);
  };
  const plain = isPublishedOptions(value) ? translatePublishedOptions(value, { add }) : value;
  const read = readTrainingConfig(plain, '', { add });
  if (isSettings(plain)) checkTogether(plain, add);
  return { problems, ...(read !== undefined && problems.length === 0 && { config: read.value }) };
}

/** One error for all that is wrong. */
export function configError(name: string, problems: readonly string[]): OptionError {
  const count = problems.length === 1 ? '1 error' : `${problems.length} errors`;
  return new OptionError({ subject: name, problem: `${count}: ${problems.join(' · ')}` });
}

/**
 * What settings must have in common; looked at as they are given, so that it is named together with what is
 * wrong with single ones.
 */
function checkTogether(settings: Settings, add: (path: string, problem: string) => void): void {
  const { stage, teacher, prior, phases, batch, patch, iterations } = given(settings);
  if (stage === 2 && teacher === undefined) add('teacher', 'stage 2 needs the checkpoint of stage 1');
  if (stage === 1 && teacher !== undefined) add('teacher', 'stage 1 has none');
  if (stage === 1 && prior !== undefined) add('prior', 'stage 1 has no such phase');
  const { iterations: priorIterations } = group(settings, 'prior');
  if (Number(priorIterations) > Number(iterations)) {
    add('prior.iterations', `must be at most the ${String(iterations)} iterations of the run`);
  }
  checkLosses(group(settings, 'losses'), add);
  checkSharpening(settings, add);
  if (phases === undefined && batch === undefined) add('batch', 'must be given, or phases');
  if (phases === undefined && patch === undefined) add('patch', 'must be given, or phases');
  if (phases !== undefined && (batch ?? patch) !== undefined) {
    add('phases', 'stands in place of batch and patch');
  }
  for (const name of ['data', 'validation']) {
    const { lq, recipe } = given(group(settings, name));
    if (lq !== undefined && recipe !== undefined) add(`${name}.recipe`, 'pairs with lq are not degraded');
  }
}

/** What is sharpened as data would be sharpened again as a target. */
function checkSharpening(settings: Settings, add: (path: string, problem: string) => void): void {
  if (group(settings, 'data').sharpenGt !== true) return;
  const losses = group(settings, 'losses');
  for (const name of Object.keys(losses)) {
    if (group(losses, name).sharpenedTarget !== true) continue;
    add(`losses.${name}.sharpenedTarget`, 'data.sharpenGt sharpens for all losses: give one of the two');
  }
}

/** Losses that look at a discriminator need one. */
function checkLosses(losses: Settings, add: (path: string, problem: string) => void): void {
  const { adversarial, featureMatching, r1 } = given(losses);
  if (adversarial !== undefined) return;
  if (featureMatching !== undefined) add('losses.featureMatching', 'needs losses.adversarial');
  if (r1 !== undefined) add('losses.r1', 'needs losses.adversarial');
}
