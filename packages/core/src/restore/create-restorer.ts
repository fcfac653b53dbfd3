import type { BackendDefinition, RunningBackend } from '../backend/backend';
import { AUTO_BACKEND, selectBackend } from '../backend/select-backend';
import { withBackend } from '../backend/with-backend';
import type { ByteSource } from '../checkpoint/byte-source';
import { openCheckpoint } from '../checkpoint/open-checkpoint';
import { OptionError } from '../errors/option-error';
import type { Image } from '../image/image';
import { type LoadedModel, loadModel } from '../model/load-model';
import type { ModelDescriptor } from '../model/model';
import type { Registry } from '../plugin/registry';
import { servingTask } from '../task/serving-task';
import type { TaskDefinition } from '../task/task';
import { compileObstacle } from './compile-obstacle';
import { createLocalRunner, type LocalRunner } from './network-runner';
import { type ModelChoice, resolveModel } from './resolve-model';
import { type RestoreOptions, type RowsToRestore, restoreImage, restoreRows } from './restore-image';
import type { PictureWork, RunnerChooser, RunnerSetup } from './runner-chooser';

/** What a platform lends the core: a way to its files. */
export interface Host {
  /** Opens a file path or URL. @throws CheckpointError when it cannot be read */
  openSource(location: string | URL): Promise<ByteSource>;
}

export interface RestorerOptions {
  readonly registry: Registry;
  readonly host: Host;
  /** Task id; default: the first one the model serves. */
  readonly task?: string;
  /** Pretrained name, task id (its default model), file path or URL; default: the task's default model. */
  readonly model?: string;
  /** Backend id or `auto`. */
  readonly backend?: string;
  /** Decides where pictures are worked on, on other threads for example; default: on this one. */
  readonly runners?: (setup: RunnerSetup) => RunnerChooser;
}

/** A network ready to restore any number of images. */
export interface Restorer {
  readonly task: TaskDefinition;
  readonly model: ModelDescriptor;
  readonly backend: RunningBackend;
  /** Which backend was chosen and why, in one line. */
  readonly backendReason: string;
  /** See `restoreImage`. @throws OptionError after `dispose` */
  restore(image: Image, options?: RestoreOptions): Promise<Image>;
  /** See `restoreRows`. @throws OptionError after `dispose` */
  restoreRows(rows: RowsToRestore, options?: RestoreOptions): Promise<void>;
  /** Frees the weights. Restorations under way fail. */
  dispose(): Promise<void>;
}

/**
 * Starts a backend, finds and loads a model, and pairs it with a task.
 * @throws UnknownIdError for an unknown task, model or backend, listing the known ones
 * @throws ModelUseError when the model does not serve the task
 * @throws CheckpointError, ModelMismatchError when the file cannot be read or does not fit
 * @throws BackendUnavailableError when no backend, or not the one asked for, runs here
 */
export async function createRestorer(options: RestorerOptions): Promise<Restorer> {
  const { registry } = options;
  const chosenTask = options.task === undefined ? undefined : registry.task(options.task);
  const choice = resolveModel(registry, { model: options.model, task: chosenTask });
  const opened = await openOnBackend({ ...options, choice, chosenTask }, registry.backends);
  const { loaded, task, backend } = opened;
  try {
    const macs = (height: number, width: number) => loaded.blueprint.macs(height, width);
    const local = createLocalRunner({ network: loaded.network, task, backend });
    const runners = options.runners?.({ task: task.id, model: choice, backend, macs, local });
    return restorerOf({ ...opened, local, runners });
  } catch (error) {
    loaded.dispose();
    throw error;
  }
}

interface OpenSetup extends RestorerOptions {
  readonly choice: ModelChoice;
  readonly chosenTask: TaskDefinition | undefined;
}

interface Opened {
  readonly loaded: LoadedModel;
  readonly task: TaskDefinition;
  readonly backend: RunningBackend;
  readonly backendReason: string;
}

/** Loads the model on the backend asked for; with `auto`, one that cannot take the model is passed over. */
async function openOnBackend(setup: OpenSetup, backends: readonly BackendDefinition[]): Promise<Opened> {
  const { registry, host, choice, chosenTask, backend: wanted = AUTO_BACKEND } = setup;
  const { backend, reason: backendReason } = await selectBackend(backends, wanted);
  const loaded = await openModel(registry, host, choice, backend);
  try {
    const { network } = loaded;
    const task = servingTask(registry, {
      descriptor: network.descriptor,
      name: choice.name,
      task: chosenTask,
    });
    const obstacle = compileObstacle({ network, task, backend });
    if (obstacle === undefined) return { loaded, task, backend, backendReason };
    const others = backends.filter(({ id }) => id !== backend.id);
    if (wanted !== AUTO_BACKEND || others.length === 0) throw obstacle;
    const next = await openOnBackend(setup, others);
    withBackend(backend, () => loaded.dispose());
    return {
      ...next,
      backendReason: `${next.backendReason}; not ${backend.id}: ${obstacle.details.problem}`,
    };
  } catch (error) {
    withBackend(backend, () => loaded.dispose());
    throw error;
  }
}

async function openModel(
  registry: Registry,
  host: Host,
  choice: ModelChoice,
  backend: RunningBackend,
): Promise<LoadedModel> {
  const checkpoint = await openCheckpoint(await host.openSource(choice.location));
  try {
    return await loadModel(registry.models, { name: choice.name, stateDict: checkpoint.stateDict }, backend);
  } finally {
    await checkpoint.close();
  }
}

interface RestorerParts extends Opened {
  readonly local: LocalRunner;
  readonly runners: RunnerChooser | undefined;
}

function restorerOf({ loaded, task, backend, backendReason, local, runners }: RestorerParts): Restorer {
  let disposed = false;
  const setup = {
    network: loaded.network,
    task,
    backend,
    chooseRunner: (picture: PictureWork) => runners?.choose(picture) ?? local,
  };
  const assertUsable = () => {
    if (disposed) throw new OptionError({ subject: 'restorer', problem: 'used after dispose()' });
  };
  return {
    task,
    model: loaded.network.descriptor,
    backend,
    backendReason,
    async restore(image, options) {
      assertUsable();
      return restoreImage(setup, image, options);
    },
    async restoreRows(rows, options) {
      assertUsable();
      return restoreRows(setup, rows, options);
    },
    async dispose() {
      if (disposed) return;
      disposed = true;
      runners?.dispose();
      local.dispose();
      withBackend(backend, () => loaded.dispose());
    },
  };
}
