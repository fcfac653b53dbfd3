import type { Image, ImageInput, Restorer, RestorerOptions } from '@diffir/web';
import { isSameModel, type ModelChoice } from '../model/model-choice';

export interface SessionSetup {
  readonly createRestorer: (options: RestorerOptions) => Promise<Restorer>;
  /** Milliseconds from any beginning. */
  readonly clock?: () => number;
}

/** What the network is and where it runs. */
interface Engine {
  readonly task: string;
  readonly model: ModelChoice;
  readonly backend: string;
}

export interface RestoreRequest extends Engine {
  readonly photo: ImageInput;
  readonly mask?: ImageInput | undefined;
  readonly seed: number;
}

interface RestoreWatch {
  readonly signal: AbortSignal;
  readonly onDownload: (progress: { readonly receivedBytes: number; readonly totalBytes?: number }) => void;
  readonly onPixels: (progress: { readonly pixelsDone: number; readonly pixelsTotal: number }) => void;
}

/** A restored picture, and what it took. */
export interface Outcome {
  readonly image: Image;
  /** Of the restoration alone, without download and start. */
  readonly seconds: number;
  readonly scale: number;
  readonly backend: { readonly id: string; readonly description: string; readonly reason: string };
  /** What the network holds after the work. */
  readonly memory: { readonly tensors: number; readonly bytes: number };
}

/** Restores photos one after the other, with one network in memory at a time. */
export interface Session {
  /** @throws what `createRestorer` and `Restorer.restore` throw, the signal's reason when aborted */
  restore(request: RestoreRequest, watch: RestoreWatch): Promise<Outcome>;
}

/**
 * A session keeps its network for the next photo with the same choices. A network that failed is let go, so
 * that the next attempt starts afresh; one that was merely cancelled is kept.
 */
export function createSession({ createRestorer, clock = () => performance.now() }: SessionSetup): Session {
  let kept: { readonly engine: Engine; readonly restorer: Restorer } | undefined;

  async function letGo(): Promise<void> {
    const restorer = kept?.restorer;
    kept = undefined;
    await restorer?.dispose();
  }

  async function start(engine: Engine, { signal, onDownload }: RestoreWatch): Promise<Restorer> {
    if (kept !== undefined && isSameEngine(kept.engine, engine)) return kept.restorer;
    await letGo();
    const { task, backend } = engine;
    const restorer = await createRestorer({
      task,
      backend,
      model: modelOption(engine.model),
      signal,
      onDownload,
    });
    kept = { engine, restorer };
    return restorer;
  }

  async function compute(restorer: Restorer, request: RestoreRequest, watch: RestoreWatch): Promise<Outcome> {
    const { photo, mask, seed } = request;
    const started = clock();
    const image = await restorer.restore(photo, {
      ...(mask !== undefined && { mask }),
      seed,
      signal: watch.signal,
      onProgress: watch.onPixels,
    });
    const seconds = (clock() - started) / 1000;
    const { model, backend, backendReason: reason } = restorer;
    const memory = await restorer.memory();
    return { image, seconds, scale: model.scale, backend: { ...backend, reason }, memory };
  }

  return {
    async restore(request, watch) {
      watch.signal.throwIfAborted();
      const restorer = await start(request, watch);
      try {
        return await compute(restorer, request, watch);
      } catch (error) {
        if (!watch.signal.aborted) await letGo();
        throw error;
      }
    },
  };
}

function isSameEngine(one: Engine, other: Engine): boolean {
  return one.task === other.task && one.backend === other.backend && isSameModel(one.model, other.model);
}

function modelOption(choice: ModelChoice): string | URL | File {
  if (choice.kind === 'file') return choice.file;
  return choice.kind === 'url' ? new URL(choice.url) : choice.id;
}
