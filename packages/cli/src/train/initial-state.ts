import { resolve } from 'node:path';
import { ModelMismatchError, type Parameters, type RunningBackend, withBackend } from '@diffir/core';
import {
  copyValues,
  createAdamState,
  type NamedValues,
  startStage2,
  type TrainerState,
  type TrainingConfig,
} from '@diffir/training';
import { nodeHost } from '../io/node-host';
import { withCheckpoint } from '../io/with-checkpoint';

export interface InitialStateOptions {
  readonly config: TrainingConfig;
  readonly folder: string;
  readonly parameters: Parameters;
  readonly backend: RunningBackend;
}

/**
 * The state before the first iteration: initialised by the seed; stage 2's DIRformer from stage 1; all of it
 * from a checkpoint of the same stage where `start` names one.
 * @throws CheckpointError, ModelMismatchError
 */
export async function initialState(options: InitialStateOptions): Promise<TrainerState> {
  const { config, folder, parameters, backend } = options;
  const { stage, seed } = config;
  const run = <T>(compute: () => T) => withBackend(backend, compute);
  const start = config.start ?? config.teacher;
  const stored = start === undefined ? undefined : await readValues(resolve(folder, start), options);
  run(() => {
    if (stored !== undefined && stage === 2) startStage2(parameters, stored, seed);
    else parameters.initialize(seed);
    if (stored !== undefined) {
      parameters.assign(new Map([...stored].map(([name, { values }]) => [name, values])));
    }
  });
  const values = await parameters.export({ run });
  return { iteration: 0, parameters: values, average: copyValues(values), adam: createAdamState(values) };
}

/** What of a checkpoint fits the network: all of it, or stage 1's DIRformer for stage 2. */
async function readValues(
  path: string,
  { config, folder, parameters }: InitialStateOptions,
): Promise<NamedValues> {
  return withCheckpoint(nodeHost(folder), path, async ({ stateDict }) => {
    const declared = [...parameters.declarations];
    const needed = declared.filter(([name]) => config.stage === 1 || name.startsWith('G.'));
    const unfit = needed.filter(([name, { shape }]) => stateDict.get(name)?.shape.join() !== shape.join());
    if (unfit.length > 0) {
      throw new ModelMismatchError({
        subject: path,
        problem: `${unfit.length} parameters are missing or of another shape (${unfit[0]?.[0]}, …)`,
        remedy: 'start from a checkpoint with the same model options',
      });
    }
    const found = declared.flatMap(([name, { shape }]) => {
      const tensor = stateDict.get(name);
      return tensor?.shape.join() === shape.join() ? [[name, tensor] as const] : [];
    });
    const read = found.map(async ([name, tensor]) => {
      return [name, { shape: tensor.shape, values: await tensor.load() }] as const;
    });
    return new Map(await Promise.all(read));
  });
}
