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

/** A run's networks on this thread, and what computes with them. */
export interface OpenEngine {
  readonly engine: GradientEngine;
  readonly networks: StageNetworks;
  readonly backend: RunningBackend;
}

/**
 * Makes the networks of a run ready on this thread; their parameters are not set yet.
 * @param backend id of the backend, instead of the run's
 * @throws BackendUnavailableError, CheckpointError, ModelMismatchError
 */
export async function openEngine(setup: TrainingSetup, backendId = setup.backend): Promise<OpenEngine> {
  const { config, folder, plugins } = setup;
  const { registry } = await install(plugins.names, plugins.cwd);
  const task = registry.task(config.task);
  const { network } = toRunSetup(config, task);
  const { backend } = await selectBackend(registry.backends, backendId);
  const options = { stage: config.stage, network, backend, pixelWeight: config.pixelWeight };
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
