import {
  createLocalRunner,
  createRegistry,
  loadModel,
  type NetworkRunner,
  selectBackend,
} from '@diffir/core';
import { nodeHost } from '../../io/node-host';
import { withCheckpoint } from '../../io/with-checkpoint';
import { builtinPlugins } from '../../plugins/builtin-plugins';
import { install } from '../../plugins/installation';
import type { WorkerSetup } from './worker-protocol';

/**
 * Makes a network ready on this thread.
 * @throws PluginError, BackendUnavailableError, CheckpointError, ModelMismatchError, UnknownIdError
 */
export async function openRunner({
  plugins,
  cwd,
  task,
  model,
  backend: id,
}: WorkerSetup): Promise<NetworkRunner> {
  const registry =
    plugins === undefined
      ? createRegistry(builtinPlugins)
      : (await install(plugins.names, plugins.cwd)).registry;
  const { backend } = await selectBackend(registry.backends, id);
  const { network } = await withCheckpoint(nodeHost(cwd), model.location, ({ stateDict }) =>
    loadModel(registry.models, { name: model.name, stateDict }, backend),
  );
  return createLocalRunner({ network, task: registry.task(task), backend });
}
