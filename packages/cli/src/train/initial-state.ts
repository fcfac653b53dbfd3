import { resolve } from 'node:path';
import {
  compareParameters,
  describeDifferences,
  fits,
  ModelMismatchError,
  type RunningBackend,
  withBackend,
} from '@diffir/core';
import {
  createAdamState,
  type DiscriminatorState,
  drawSeed,
  freshState,
  type NamedValues,
  type StageNetworks,
  startStage2,
  type TrainerState,
  type TrainingConfig,
} from '@diffir/training';
import { nodeHost } from '../io/node-host';
import { withCheckpoint } from '../io/with-checkpoint';

export interface InitialStateOptions {
  readonly config: TrainingConfig;
  readonly folder: string;
  readonly networks: StageNetworks;
  readonly backend: RunningBackend;
}

/**
 * The state before the first iteration: initialised by the seed; stage 2's DIRformer from stage 1; all of it
 * from a checkpoint of the same stage where `start` names one.
 * @throws CheckpointError, ModelMismatchError
 */
export async function initialState(options: InitialStateOptions): Promise<TrainerState> {
  const { config, folder, networks, backend } = options;
  const { parameters } = networks;
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
  const discriminator = await initialDiscriminator(options);
  return { ...freshState(await parameters.export({ run })), ...(discriminator && { discriminator }) };
}

/** Tells the discriminator's seed from the network's. */
const DISCRIMINATOR = 0x64697363;

/** Initialised by the seed, or from a file of its own. */
async function initialDiscriminator({
  config,
  folder,
  networks,
  backend,
}: InitialStateOptions): Promise<DiscriminatorState | undefined> {
  if (networks.adversary === undefined) return undefined;
  const { parameters } = networks.adversary;
  const run = <T>(compute: () => T) => withBackend(backend, compute);
  run(() => parameters.initialize(drawSeed(DISCRIMINATOR, config.seed)));
  const file = config.losses.adversarial?.file;
  if (file !== undefined) {
    await withCheckpoint(nodeHost(folder), resolve(folder, file), async ({ stateDict }) => {
      const differences = compareParameters(parameters, stateDict);
      if (!fits(differences)) {
        throw new ModelMismatchError({
          subject: file,
          problem: `it is no such discriminator: ${describeDifferences(differences)}`,
          remedy: 'give one of the same kind, features and layers',
        });
      }
      await parameters.load(stateDict, run);
    });
  }
  const values = await parameters.export({ run });
  return { parameters: values, adam: createAdamState(values) };
}

/** What of a checkpoint fits the network: all of it, or stage 1's DIRformer for stage 2. */
async function readValues(
  path: string,
  { config, folder, networks: { parameters } }: InitialStateOptions,
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
