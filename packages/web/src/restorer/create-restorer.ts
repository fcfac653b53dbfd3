import type { Image } from '@diffir/core';
import { settleOrAbort } from '@diffir/core/abort';
import { BackendUnavailableError, OptionError } from '@diffir/core/errors';
import type { RestoreRequest } from '../engine/engine';
import { prepareImage } from '../image/prepare-image';
import { absolute, modelChoice } from './model-choice';
import type { ImageInput, RestoreOptions, Restorer, RestorerOptions } from './options';
import { createQueue } from './queue';
import { createSession, type Session } from './session';

/** How long the worker may take to react to an abort before it is ended. */
const PATIENCE_MS = 500;

/**
 * Starts a worker in which a backend starts and a model is loaded. A GPU that is lost on the way is started
 * again once, then another backend takes over; `backend` and `backendReason` tell.
 * @throws UnknownIdError for an unknown task, model or backend, listing the known ones
 * @throws ModelUseError when the model does not serve the task
 * @throws CheckpointError when the model cannot be downloaded or read, or is not what it should be
 * @throws ModelMismatchError when it is no network that is known
 * @throws PluginError when a plugin module cannot be used
 * @throws BackendUnavailableError when no backend, or not the one asked for, runs here
 * @example
 * const restorer = await createRestorer({ model: 'deblur' });
 * const image = await restorer.restore(fileInput.files[0]);
 * await restorer.dispose();
 */
export async function createRestorer(options: RestorerOptions = {}): Promise<Restorer> {
  const { model, task, backend, pluginModules = [], signal, onDownload } = options;
  signal?.throwIfAborted();
  const setup = {
    ...(model !== undefined && { model: modelChoice(model) }),
    ...(task !== undefined && { task }),
    ...(backend !== undefined && { backend }),
    lostBackends: [],
    pluginModules: pluginModules.map(absolute),
  };
  const session = await createSession(options, setup, {
    ...(signal && { signal }),
    ...(onDownload && { onProgress: onDownload }),
  });
  return restorerOver(session);
}

function restorerOver(session: Session): Restorer {
  const queue = createQueue();
  const closing = new AbortController();
  return {
    get task() {
      return session.facts.task;
    },
    get model() {
      return session.facts.model;
    },
    get backend() {
      return session.facts.backend;
    },
    get backendReason() {
      return session.facts.backendReason;
    },
    async restore(input, options = {}) {
      closing.signal.throwIfAborted();
      options.signal?.throwIfAborted();
      const stop = [options.signal, closing.signal];
      const prepared = prepareInputs(input, options);
      // It is awaited when it is its turn.
      prepared.catch(() => {});
      const job = queue.add(async () => {
        const { request, release } = await prepared;
        try {
          return await restoreJob(session, request, { ...options, closing: closing.signal });
        } finally {
          release();
        }
      });
      return settleOrAbort(job, stop);
    },
    async memory() {
      closing.signal.throwIfAborted();
      const job = queue.add(async () => {
        closing.signal.throwIfAborted();
        return (await session.engine()).memory();
      });
      return settleOrAbort(job, [closing.signal]);
    },
    async dispose() {
      if (closing.signal.aborted) return;
      closing.abort(new OptionError({ subject: 'restorer', problem: 'used after dispose()' }));
      await session.discard();
    },
  };
}

interface PreparedInputs {
  readonly request: RestoreRequest;
  release(): void;
}

/** Takes hold of the pictures as they are now. */
async function prepareInputs(
  input: ImageInput,
  { mask, signal: _, onProgress: __, ...options }: RestoreOptions,
): Promise<PreparedInputs> {
  const preparing = [prepareImage(input, 'image'), mask && prepareImage(mask, 'mask')] as const;
  const [image, hole] = await Promise.all(preparing);
  return {
    request: { ...options, image: image.sent, ...(hole && { mask: hole.sent }) },
    release() {
      image.release();
      hole?.release();
    },
  };
}

interface JobOptions extends Pick<RestoreOptions, 'signal' | 'onProgress'> {
  readonly closing: AbortSignal;
}

/** Restores on the session's engine, on a fresh one where the GPU was lost, then on another backend. */
async function restoreJob(
  session: Session,
  request: RestoreRequest,
  options: JobOptions,
  lostBefore = false,
): Promise<Image> {
  try {
    return await attempt(session, request, options);
  } catch (error) {
    if (!BackendUnavailableError.isInstance(error)) throw error;
    if (lostBefore && !(await session.passOver(`${error.details.problem}, twice`))) throw error;
    await session.discard();
    return restoreJob(session, request, options, !lostBefore);
  }
}

async function attempt(
  session: Session,
  request: RestoreRequest,
  { signal, onProgress, closing }: JobOptions,
): Promise<Image> {
  const throwIfStopped = () => {
    closing.throwIfAborted();
    signal?.throwIfAborted();
  };
  throwIfStopped();
  const engine = await session.engine();
  throwIfStopped();
  const restoring = engine.restore(request, {
    ...(signal && { signal }),
    ...(onProgress && {
      onProgress: (progress) => {
        if (!signal?.aborted && !closing.aborted) onProgress(progress);
      },
    }),
  });
  const impatience = signal && session.interruptible ? afterAbort(signal, PATIENCE_MS) : undefined;
  try {
    return await settleOrAbort(restoring, [impatience, closing]);
  } finally {
    if (impatience?.aborted) await session.discard();
  }
}

/** A signal that aborts some time after another. */
function afterAbort(signal: AbortSignal, milliseconds: number): AbortSignal {
  const later = new AbortController();
  signal.addEventListener('abort', () => setTimeout(() => later.abort(signal.reason), milliseconds), {
    once: true,
  });
  return later.signal;
}
