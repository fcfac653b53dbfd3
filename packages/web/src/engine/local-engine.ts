import {
  BackendUnavailableError,
  type RestoreOptions as CoreRestoreOptions,
  createRegistry,
  createRestorer,
  type Image,
  OptionError,
  type Plugin,
  type Registry,
  type Restorer,
} from '@diffir/core';
import { modelsPlugin } from '@diffir/models';
import { tasksPlugin } from '@diffir/tasks';
import * as tf from '@tensorflow/tfjs-core';
import { decodeImage } from '../image/decode-image';
import type { RestorerFacts } from '../restorer/options';
import { browserBackends } from './browser-backends';
import { chosenModel } from './chosen-model';
import type { Engine, EngineSetup, RestoreRequest } from './engine';
import { loadPlugins } from './load-plugins';

/**
 * An engine on the thread that calls this.
 * @param plugins installed beside the built-in ones
 */
export function createLocalEngine(plugins: readonly Plugin[] = []): Engine {
  let restorer: Restorer | undefined;
  let lost = false;
  return {
    async open(setup, hooks = {}) {
      const registry = registryFor(setup, [...plugins, ...(await loadPlugins(setup.pluginModules))]);
      const { model, host } = chosenModel(setup.model, hooks);
      const { task = model === undefined ? 'deblur' : undefined, backend } = setup;
      restorer = await createRestorer({
        registry,
        host,
        ...(model !== undefined && { model }),
        ...(task !== undefined && { task }),
        ...(backend !== undefined && { backend }),
      });
      return factsOf(restorer);
    },
    async restore(request, hooks = {}) {
      if (restorer === undefined) {
        throw new OptionError({ subject: 'restorer', problem: 'used after dispose()' });
      }
      try {
        return await restoreOn(restorer, request, hooks);
      } catch (error) {
        lost ||= BackendUnavailableError.isInstance(error);
        throw error;
      }
    },
    async memory() {
      const { numTensors, numBytes } = tf.memory();
      return { tensors: numTensors, bytes: numBytes };
    },
    async close() {
      const closing = restorer;
      restorer = undefined;
      await closing?.dispose();
      // Others may be using the same backend; but one whose device is gone must start afresh.
      if (lost) await closing?.backend.dispose();
    },
  };
}

/** Everything that is installed, less the backends whose device was lost. */
function registryFor({ lostBackends }: EngineSetup, plugins: readonly Plugin[]): Registry {
  const present = [modelsPlugin, tasksPlugin, browserBackends, ...plugins].map((plugin) => ({
    ...plugin,
    ...(plugin.backends && { backends: plugin.backends.filter(({ id }) => !lostBackends.includes(id)) }),
  }));
  return createRegistry(present);
}

async function restoreOn(
  restorer: Restorer,
  { image, mask, ...options }: RestoreRequest,
  hooks: Pick<CoreRestoreOptions, 'signal' | 'onProgress'>,
): Promise<Image> {
  const [picture, hole] = [await decodeImage(image, 'image'), mask && (await decodeImage(mask, 'mask'))];
  try {
    return await restorer.restore(picture, { ...options, ...hooks, ...(hole && { mask: hole }) });
  } catch (error) {
    await deviceNews();
    // A device that was lost is a better account of what went wrong than what it made of the computation.
    restorer.backend.throwPendingError?.();
    throw error;
  }
}

/** Lets the browser tell what it knows of its devices. */
function deviceNews(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

function factsOf({ task, model, backend, backendReason }: Restorer): RestorerFacts {
  return {
    task: { id: task.id, mask: task.mask },
    model,
    backend: { id: backend.id, description: backend.device },
    backendReason,
  };
}
