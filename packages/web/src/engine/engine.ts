import type { RestoreOptions as CoreRestoreOptions, Image, RestoreProgress } from '@diffir/core';
import type { DownloadProgress, MemoryUse, RestorerFacts } from '../restorer/options';

/** Which weights are meant, as it can be sent to a worker. */
export type ModelChoice =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'url'; readonly url: string; readonly bytes?: number }
  | { readonly kind: 'file'; readonly name: string; readonly blob: Blob };

/** What a network is made ready from; can be sent to a worker. */
export interface EngineSetup {
  readonly model?: ModelChoice;
  readonly task?: string;
  readonly backend?: string;
  /** Backends that are passed over. */
  readonly lostBackends: readonly string[];
  /** Addresses of modules that export a plugin. */
  readonly pluginModules: readonly string[];
}

/** A picture as it can be sent to a worker. */
export type SentImage =
  | { readonly kind: 'samples'; readonly image: Image }
  | { readonly kind: 'bitmap'; readonly bitmap: ImageBitmap }
  | { readonly kind: 'blob'; readonly blob: Blob };

export interface RestoreRequest extends Omit<CoreRestoreOptions, 'mask' | 'signal' | 'onProgress'> {
  readonly image: SentImage;
  readonly mask?: SentImage;
}

/** How a call is stopped and watched. */
export interface CallHooks<Progress> {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** What does the work: in a worker, or on the page. Opened once, with one network. */
export interface Engine {
  open(setup: EngineSetup, hooks?: CallHooks<DownloadProgress>): Promise<RestorerFacts>;
  restore(request: RestoreRequest, hooks?: CallHooks<RestoreProgress>): Promise<Image>;
  memory(): Promise<MemoryUse>;
  /** Frees the network. */
  close(): Promise<void>;
}
