import type { RunningBackend } from '../backend/backend';
import { selectBackend } from '../backend/select-backend';
import { withBackend } from '../backend/with-backend';
import type { ByteSource } from '../checkpoint/byte-source';
import { openCheckpoint } from '../checkpoint/open-checkpoint';
import { ModelUseError } from '../errors/model-use-error';
import { OptionError } from '../errors/option-error';
import type { Image } from '../image/image';
import { type LoadedModel, loadModel } from '../model/load-model';
import type { ModelDescriptor } from '../model/model';
import type { Registry } from '../plugin/registry';
import type { TaskDefinition } from '../task/task';
import type { PixelSize } from './image-region';
import { createLocalRunner } from './network-runner';
import { type ModelChoice, resolveModel } from './resolve-model';
import { type RestoreOptions, restoreImage } from './restore-image';
import type { RunnerChooser, RunnerSetup } from './runner-chooser';

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
  const { registry, host, backend: backendChoice = 'auto' } = options;
  const chosenTask = options.task === undefined ? undefined : registry.task(options.task);
  const choice = resolveModel(registry, { model: options.model, task: chosenTask });
  const { backend, reason } = await selectBackend(registry.backends, backendChoice);
  const loaded = await openModel(registry, host, choice, backend);
  try {
    const { descriptor } = loaded.network;
    const task = chosenTask ?? taskFor(registry, descriptor, choice.name);
    assertServes(task, descriptor, choice.name);
    const parts = { network: loaded.network, task, backend };
    const macs = (height: number, width: number) => loaded.blueprint.macs(height, width);
    const local = createLocalRunner(parts);
    const runners = options.runners?.({ task: task.id, model: choice, backend, macs, local });
    return restorerOf({ loaded, task, backend, backendReason: reason, runners });
  } catch (error) {
    loaded.dispose();
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

function taskFor(registry: Registry, descriptor: ModelDescriptor, name: string): TaskDefinition {
  const [first] = descriptor.tasks;
  if (first !== undefined) return registry.task(first);
  throw new ModelUseError({ subject: name, problem: descriptor.purpose, remedy: 'use a stage-2 model' });
}

function assertServes(task: TaskDefinition, descriptor: ModelDescriptor, name: string): void {
  const reason = task.rejects(descriptor);
  if (reason === undefined) return;
  throw new ModelUseError({
    subject: name,
    problem: `cannot be used for ${task.id}: ${reason}`,
    remedy: `it serves: ${descriptor.tasks.join(', ') || 'no task'}`,
  });
}

interface RestorerParts {
  readonly loaded: LoadedModel;
  readonly task: TaskDefinition;
  readonly backend: RunningBackend;
  readonly backendReason: string;
  readonly runners: RunnerChooser | undefined;
}

function restorerOf({ loaded, task, backend, backendReason, runners }: RestorerParts): Restorer {
  let disposed = false;
  const setup = {
    network: loaded.network,
    task,
    backend,
    ...(runners && { chooseRunner: (size: PixelSize) => runners.choose(size) }),
  };
  return {
    task,
    model: loaded.network.descriptor,
    backend,
    backendReason,
    async restore(image, options) {
      if (disposed) throw new OptionError({ subject: 'restorer', problem: 'used after dispose()' });
      return restoreImage(setup, image, options);
    },
    async dispose() {
      if (disposed) return;
      disposed = true;
      runners?.dispose();
      withBackend(backend, () => loaded.dispose());
    },
  };
}
