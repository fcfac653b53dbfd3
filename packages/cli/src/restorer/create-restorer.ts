import {
  type RestoreOptions as CoreRestoreOptions,
  type Restorer as CoreRestorer,
  createRestorer as createCoreRestorer,
  createRegistry,
  type Image,
  type ModelDescriptor,
  OptionError,
  type Plugin,
  type RunningBackend,
  type TaskDefinition,
} from '@diffir/core';
import type { DownloadProgress } from '../io/download-file';
import { nodeHost } from '../io/node-host';
import { defined } from '../options/defined';
import { numberRules } from '../options/option-rules';
import { builtinPlugins } from '../plugins/builtin-plugins';
import { withDefaultTask } from './default-task';
import { type ImageInput, loadImage } from './load-image';
import { type RestoredFile, type RestoreFileOptions, restoreFile } from './restore-file';
import { workerRunners } from './workers/worker-runners';

export interface RestorerOptions {
  /** Pretrained name, task id (its default model), checkpoint file or URL; default: the task's default model. */
  readonly model?: string;
  /** Default: the first task the model serves; `deblur` when no model is given either. */
  readonly task?: string;
  /** Backend id, or `auto`: the best that runs here. */
  readonly backend?: string;
  /** Installed after the built-in models, tasks and backends. */
  readonly plugins?: readonly Plugin[];
  /**
   * Threads for the backends wasm and cpu: how many, 0 for the calling thread alone, or `auto` (the
   * default): as many as there are cores, for pictures that take long. An abort ends a thread at once, the
   * calling thread, where it computes itself, notices it between tiles. The result does not depend on it. Plugins cannot cross to
   * threads: with any, everything is done on the calling thread.
   */
  readonly workers?: number | 'auto';
  /** Aborting ends a download of weights and rejects with the signal's reason; what has come is kept. */
  readonly signal?: AbortSignal;
  /** Hears how far a download of weights is. */
  readonly onDownload?: (progress: DownloadProgress) => void;
}

export interface RestoreOptions extends Omit<CoreRestoreOptions, 'mask'> {
  /** The region to fill, for tasks that need one: white (or opaque) = hole, same size as the image. */
  readonly mask?: ImageInput;
}

/** A network ready to restore any number of images. */
export interface Restorer {
  readonly task: TaskDefinition;
  readonly model: ModelDescriptor;
  readonly backend: RunningBackend;
  /** Which backend was chosen and why, in one line. */
  readonly backendReason: string;
  /**
   * Restores an image: a file's path, an encoded image, or decoded samples. The result has the input's
   * samples and channels and `model.scale` times its size; files are turned upright by their EXIF.
   * @throws ImageError for what cannot be read as an image
   * @throws ModelUseError when the task needs a mask and none is given, or the other way round
   * @throws OutOfMemoryError when the backend runs out of memory
   */
  restore(input: ImageInput, options?: RestoreOptions): Promise<Image>;
  /**
   * Restores an image file into another one, whose name gives the format. Profile and metadata are
   * kept; the output appears whole or not at all.
   * @throws OutputError when it cannot be written, or exists and `overwrite` is not set; else as `restore`
   */
  restoreFile(input: string, output: string, options?: RestoreFileOptions): Promise<RestoredFile>;
  /** Frees the weights. Restorations under way fail. */
  dispose(): Promise<void>;
}

/**
 * Starts a backend and loads a model.
 * @throws UnknownIdError for an unknown task, model or backend, listing the known ones
 * @throws ModelUseError when the model does not serve the task
 * @throws CheckpointError, ModelMismatchError when the file cannot be read or does not fit
 * @throws OptionError when the number of workers makes no sense
 * @throws PluginError when a plugin is none, or takes an id that is taken
 * @throws BackendUnavailableError when no backend, or not the one asked for, runs here
 * @example
 * const restorer = await createRestorer({ model: 'deblur' });
 * const image = await restorer.restore('blurred.jpg');
 * await restorer.dispose();
 */
export async function createRestorer({
  plugins = [],
  workers = 'auto',
  signal,
  onDownload,
  ...options
}: RestorerOptions = {}): Promise<Restorer> {
  assertWorkers(workers);
  const registry = createRegistry([...builtinPlugins, ...plugins]);
  const core = await createCoreRestorer({
    ...withDefaultTask(options),
    registry,
    host: nodeHost(process.cwd(), defined({ signal, onProgress: onDownload })),
    ...(plugins.length === 0 && { runners: workerRunners({ workers, cwd: process.cwd() }).runners }),
  });
  return {
    task: core.task,
    model: core.model,
    backend: core.backend,
    backendReason: core.backendReason,
    restore: (input, restoreOptions = {}) => restore(core, input, restoreOptions),
    restoreFile: (input, output, fileOptions = {}) => restoreFile(core, { input, output }, fileOptions),
    dispose: () => core.dispose(),
  };
}

async function restore(
  core: CoreRestorer,
  input: ImageInput,
  { mask, ...options }: RestoreOptions,
): Promise<Image> {
  options.signal?.throwIfAborted();
  const image = await loadImage(input);
  if (mask === undefined) return core.restore(image, options);
  return core.restore(image, { ...options, mask: await loadImage(mask, 'mask') });
}

function assertWorkers(workers: number | 'auto'): void {
  if (workers === 'auto' || numberRules.workers.accepts(workers)) return;
  throw new OptionError({ subject: 'workers', problem: `${workers} is not ${numberRules.workers.says}` });
}
