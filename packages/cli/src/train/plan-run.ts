import { resolve } from 'node:path';
import type { TaskDefinition } from '@diffir/core';
import { OptionError, selectBackend } from '@diffir/core';
import { configError, type RunSetup, setupProblems, toRunSetup } from '@diffir/training';
import { install } from '../plugins/installation';
import { computeThreads } from './compute-threads';
import { listExamples } from './data/list-examples';
import { assertSameRun, describeExamples, type RunRecord, readRunRecord } from './folder/run-folder';
import type { ConfigFile } from './read-config';
import type { TrainingSetup } from './training-setup';

/** A run that is ready to begin or to go on. */
export interface PlannedRun {
  readonly training: TrainingSetup;
  readonly setup: RunSetup;
  readonly task: TaskDefinition;
  /** Absolute path of the run folder. */
  readonly folder: string;
  readonly record: RunRecord;
  /** Threads that compute gradients; 0 for the program's own. */
  readonly threads: number;
}

export interface PlanRunOptions {
  readonly cwd: string;
  /** How errors call the configuration. */
  readonly name: string;
  readonly resume: boolean;
}

/**
 * Looks at everything a run needs before anything is written.
 * @throws OptionError for a configuration that does not fit its task or data, for a run folder that is in use,
 * and for a resumed run that is another one
 */
export async function planRun(file: ConfigFile, options: PlanRunOptions): Promise<PlannedRun> {
  const { config } = file;
  const plugins = {
    names: (config.plugins ?? []).map((name) => pathFrom(file.folder, name)),
    cwd: options.cwd,
  };
  const { registry } = await install(plugins.names, plugins.cwd);
  const task = registry.task(config.task);
  const problems = setupProblems(config, task);
  if (problems.length > 0) throw configError(options.name, problems);
  const examples = await listExamples(config.data, 'data', file.folder);
  const { backend } = await selectBackend(registry.backends, config.backend);
  const folder = resolve(file.folder, config.run);
  const threads = computeThreads(config, backend.id);
  const wanted = { config, backend: backend.id, examples: describeExamples(examples) };
  const recorded = await readRunRecord(folder);
  if (recorded !== undefined && !options.resume) {
    throw new OptionError({
      subject: config.run,
      problem: 'this folder holds a run already',
      remedy: 'go on with --resume, or choose another `run`',
    });
  }
  if (recorded !== undefined) assertSameRun(recorded, wanted, config.run);
  return {
    training: { config, folder: file.folder, plugins, backend: backend.id, examples },
    setup: toRunSetup(config, task),
    task,
    folder,
    record: { ...wanted, parts: recorded?.parts ?? config.parts ?? Math.max(1, threads) },
    threads,
  };
}

/** A path from the configuration's folder; a package's name as it is. */
function pathFrom(folder: string, name: string): string {
  return name.startsWith('.') ? resolve(folder, name) : name;
}
