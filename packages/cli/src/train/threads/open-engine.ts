import { resolve } from 'node:path';
import { type RunningBackend, selectBackend } from '@diffir/core';
import {
  buildStage,
  createLocalEngine,
  type GradientEngine,
  patchMultiple,
  type StageNetworks,
  toRunSetup,
} from '@diffir/training';
import { nodeHost } from '../../io/node-host';
import { withCheckpoint } from '../../io/with-checkpoint';
import { install } from '../../plugins/installation';
import type { TrainingSetup } from '../training-setup';
import { openLossNetworks } from './open-loss-networks';

/** A run's networks on this thread, and what computes with them. */
export interface OpenEngine {
  readonly engine: GradientEngine;
  readonly networks: StageNetworks;
  readonly backend: RunningBackend;
}

export interface OpenEngineOptions {
  /** Nothing is computed here but first values: plain arrays will do, and no losses are loaded. */
  readonly keepsValuesOnly?: boolean;
}

/**
 * Makes the networks of a run ready on this thread; their parameters are not set yet.
 * @throws BackendUnavailableError, CheckpointError, ModelMismatchError
 */
export async function openEngine(
  setup: TrainingSetup,
  { keepsValuesOnly = false }: OpenEngineOptions = {},
): Promise<OpenEngine> {
  const { config, folder, plugins } = setup;
  const { registry } = await install(plugins.names, plugins.cwd);
  const task = registry.task(config.task);
  const { network } = toRunSetup(config, task);
  const { backend } = await selectBackend(registry.backends, keepsValuesOnly ? 'cpu' : setup.backend);
  const lossNetworks = keepsValuesOnly ? {} : await openLossNetworks(config.losses, folder, backend);
  const options = { stage: config.stage, network, backend, losses: config.losses, lossNetworks };
  const teacher = config.teacher === undefined ? undefined : resolve(folder, config.teacher);
  const networks =
    teacher === undefined
      ? await buildStage(options)
      : await withCheckpoint(nodeHost(folder), teacher, ({ stateDict }) =>
          buildStage({ ...options, teacher: { name: teacher, stateDict } }),
        );
  const engine = createLocalEngine({ networks, task, backend, sizeMultiple: patchMultiple(network) });
  return { engine, networks, backend };
}
