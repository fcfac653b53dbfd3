import type { RunningBackend } from '../backend/backend';
import { ModelUseError } from '../errors/model-use-error';
import { assertImage } from '../image/assert-image';
import { rowEncoder } from '../image/encode-picture-rows';
import { fillTransparent } from '../image/fill-transparent';
import type { Image } from '../image/image';
import { type ImageSink, type ImageSource, imageSource, rememberRows } from '../image/image-rows';
import { type CreateStore, memoryStore } from '../image/image-store';
import type { MaskImage } from '../image/mask';
import { repeatPixels } from '../image/repeat-pixels';
import { rowBands } from '../image/row-bands';
import { visibilityOf } from '../image/visibility';
import type { RestorationModel } from '../model/model';
import type { TaskDefinition } from '../task/task';
import type { NetworkRunner } from './network-runner';
import { restorePicture } from './restore-picture';
import type { PictureWork } from './runner-chooser';

/** How far a restoration has come. */
export interface RestoreProgress {
  readonly pixelsDone: number;
  readonly pixelsTotal: number;
  /** Seconds spent so far on compiling the network for this picture's shapes, where the backend does so. */
  readonly compileSeconds?: number;
}

export interface RestoreOptions {
  /** The region to fill, for tasks that need one: white (or opaque) = hole, same size as the image. */
  readonly mask?: MaskImage;
  /** Seed of z_T, a 32-bit integer; the same seed gives the same picture. Default 0. */
  readonly seed?: number;
  /** Side of tiles in input pixels, 0 for the whole picture at once, or `auto` (the default). */
  readonly tile?: number | 'auto';
  /** Least overlap of neighbouring tiles in input pixels. */
  readonly overlap?: number;
  /** Bytes that the network's work may take; `auto` tiles are made small enough. */
  readonly maxMemoryBytes?: number;
  /** Aborting rejects with the signal's reason and frees everything. */
  readonly signal?: AbortSignal;
  /** Hears of the beginning, of the network's start on the pixels, of what is compiled and of every tile that is done. */
  readonly onProgress?: (progress: RestoreProgress) => void;
}

/** What restores: a network, the task that wraps it, and where it runs. */
export interface RestorationSetup {
  readonly network: RestorationModel;
  readonly task: TaskDefinition;
  readonly backend: RunningBackend;
  /** Who does the long computations for a picture; default: this thread. */
  readonly chooseRunner?: (picture: PictureWork) => NetworkRunner;
}

/**
 * Restores one image: the IPR once for the whole picture, then tile by tile task.prepare and the
 * network, blended, and task.compose on finished rows. The result has the storage and channels of the
 * input and `scale` times its size; alpha is kept (enlarged for scale > 1), colour under fully transparent
 * pixels too (replaced for scale > 1), and the network never sees it. A tile for which memory runs
 * out is split and the work goes on.
 * @throws ImageError for an image or mask that is not what it claims
 * @throws ModelUseError when a mask is missing or not wanted
 * @throws OptionError for a tile size or overlap that makes no sense
 * @throws OutOfMemoryError when even the smallest tile does not fit
 */
export async function restoreImage(
  setup: RestorationSetup,
  image: Image,
  options: RestoreOptions = {},
): Promise<Image> {
  options.signal?.throwIfAborted();
  assertImage(image);
  const source = imageSource(image);
  const { scale } = setup.network.descriptor;
  const result = memoryStore({ ...source, width: image.width * scale, height: image.height * scale });
  await restoreRows(setup, { source, sink: result }, options);
  return result.image;
}

/** A picture that is read and written in rows. */
export interface RowsToRestore {
  /** Must not change while it is read. */
  readonly source: ImageSource;
  /** Takes the rows of a picture of `scale` times the size, with the source's channels and bits. */
  readonly sink: ImageSink;
  /** Where a picture of which some pixels are hidden is put with their colour replaced. Default: in memory. */
  readonly createStore?: CreateStore;
}

/**
 * Restores a picture that is read and written in rows, to the very samples that `restoreImage` gives. Of
 * the picture, one row of tiles is in memory; it is read once before for the IPR, where the network has
 * one, and where it has an alpha channel to see whether anything is hidden.
 * @throws what `restoreImage` throws, what the source, the sink and the stores throw
 */
export async function restoreRows(
  setup: RestorationSetup,
  { source, sink, createStore = memoryStore }: RowsToRestore,
  options: RestoreOptions = {},
): Promise<void> {
  const { signal } = options;
  signal?.throwIfAborted();
  assertMaskUse(setup.task, options.mask);
  const { scale } = setup.network.descriptor;
  const visibility = await visibilityOf(source);
  if (visibility === 'none') return repeatRows(source, { sink, scale, signal });
  const filled = visibility === 'some' ? await fillTransparent(source, { createStore, signal }) : undefined;
  try {
    const encode = rowEncoder(rememberRows(source), scale);
    await restorePicture(setup, rememberRows(filled ?? source), {
      ...options,
      writeRows: async (rows, firstRow) => sink.write(await encode(rows, firstRow), firstRow),
    });
  } finally {
    await filled?.dispose();
  }
}

/** What nobody sees is enlarged and nothing more. */
async function repeatRows(
  source: ImageSource,
  {
    sink,
    scale,
    signal,
  }: { readonly sink: ImageSink; readonly scale: number; readonly signal: AbortSignal | undefined },
): Promise<void> {
  const { width, channels } = source;
  for (const { firstRow, count } of rowBands(source)) {
    signal?.throwIfAborted();
    const band = { data: await source.read(firstRow, count), width, height: count, channels };
    await sink.write(repeatPixels(band, scale).data, firstRow * scale);
  }
}

function assertMaskUse(task: TaskDefinition, mask: MaskImage | undefined): void {
  if (task.mask === 'required' && mask === undefined) {
    throw new ModelUseError({ subject: task.id, problem: 'needs a mask', remedy: 'give one, white = hole' });
  }
  if (task.mask === 'none' && mask !== undefined) {
    throw new ModelUseError({ subject: task.id, problem: 'takes no mask', remedy: 'leave it out' });
  }
}
