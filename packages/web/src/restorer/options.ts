import type { Image, ModelDescriptor, RestoreProgress } from '@diffir/core';

/** A checkpoint behind an address, and what is known of it. */
export interface ModelURL {
  /** Relative ones start from the page's address. */
  readonly url: string | URL;
  /** SHA-256 of the file in hexadecimal digits. Only a file that is checked so is kept for the next visit. */
  readonly sha256?: string;
  /** Size of the file, for progress where the server does not say, and to recognise a download cut short. */
  readonly bytes?: number;
}

/** How far a model's download has come. */
export interface DownloadProgress {
  readonly receivedBytes: number;
  /** Absent where nobody says. */
  readonly totalBytes?: number;
}

export interface RestorerOptions {
  /** Built-in name, task id, URL of a checkpoint, or the user's own file. Default: the task's default model. */
  readonly model?: string | URL | Blob | ModelURL;
  /** Default: the first task the model serves; `deblur` when no model is given either. */
  readonly task?: string;
  /** Backend id, or `auto` (the default): webgpu, then wasm, then cpu. */
  readonly backend?: string;
  /** Where the work is done. Default: `worker`. */
  readonly thread?: 'worker' | 'page';
  /** URLs of modules whose named export `plugin` is a Plugin; imported where the work is done. */
  readonly pluginModules?: readonly (string | URL)[];
  /** Starts a worker of one's own, which calls `serveRestorer`. Default: the package's. */
  readonly createWorker?: () => Worker;
  /** Aborting rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Hears how a model that has to be downloaded comes in. */
  readonly onDownload?: (progress: DownloadProgress) => void;
}

/**
 * A picture as pages have them. What is no core `Image` is converted to sRGB and 8 bits by the browser, which
 * also turns files upright by their EXIF; colour under partial transparency is kept.
 */
export type ImageInput =
  | ImageData
  | ImageBitmap
  | HTMLCanvasElement
  | OffscreenCanvas
  | HTMLImageElement
  | Blob
  | Image;

export interface RestoreOptions {
  /** The region to fill, for tasks that need one: white (or opaque) = hole, same size as the image. */
  readonly mask?: ImageInput;
  /** Seed of z_T, a 32-bit integer; the same seed gives the same picture. Default 0. */
  readonly seed?: number;
  /** Side of tiles in input pixels, 0 for the whole picture at once, or `auto` (the default). */
  readonly tile?: number | 'auto';
  /** Least overlap of neighbouring tiles in input pixels. */
  readonly overlap?: number;
  /** Bytes that the network's work may take; `auto` tiles are made small enough. */
  readonly maxMemoryBytes?: number;
  /** Aborting rejects at once with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RestoreProgress) => void;
}

export interface TaskSummary {
  readonly id: string;
  readonly mask: 'none' | 'required';
}

export interface BackendSummary {
  readonly id: string;
  /** What does the work, e.g. "WebAssembly SIMD, 1 thread". */
  readonly description: string;
}

/** What the network and the work on it hold, as TensorFlow.js counts. */
export interface MemoryUse {
  readonly tensors: number;
  readonly bytes: number;
}

/** What is known of a network that is ready. */
export interface RestorerFacts {
  readonly task: TaskSummary;
  readonly model: ModelDescriptor;
  readonly backend: BackendSummary;
  /** Which backend was chosen and why, in one line. */
  readonly backendReason: string;
}

/** A network ready to restore any number of images, one after the other. */
export interface Restorer extends RestorerFacts {
  /**
   * Restores an image. The result has `model.scale` times its size; an `Image` and `ImageData` give their own
   * channels, anything else RGB, or RGBA where the picture is transparent anywhere.
   * @throws ImageError for what the browser cannot decode or may not read
   * @throws ModelUseError when the task needs a mask and none is given, or the other way round
   * @throws OutOfMemoryError when the backend runs out of memory
   * @throws BackendUnavailableError when the GPU was lost, and no other backend takes over
   */
  restore(input: ImageInput, options?: RestoreOptions): Promise<Image>;
  /** Waits for what is under way. */
  memory(): Promise<MemoryUse>;
  /** Ends the worker and frees everything. Restorations under way reject with an OptionError. */
  dispose(): Promise<void>;
}
