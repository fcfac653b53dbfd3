import type { RunningBackend } from '../backend/backend';
import { ImageError } from '../errors/image-error';
import { ModelUseError } from '../errors/model-use-error';
import { assertImage } from '../image/assert-image';
import { encodeRows } from '../image/encode-rows';
import { fillTransparent } from '../image/fill-transparent';
import type { Image } from '../image/image';
import { type ImageSink, type ImageSource, imageSource, rememberRows } from '../image/image-rows';
import { createOutputImage } from '../image/output-image';
import { repeatPixels } from '../image/repeat-pixels';
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
}

export interface RestoreOptions {
  /** The region to fill, for tasks that need one: white (or opaque) = hole, same size as the image. */
  readonly mask?: Image;
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
  /** Hears of the beginning, of the network's start on the pixels, and of every tile that is done. */
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
  assertMaskUse(setup.task, options.mask);
  const { scale } = setup.network.descriptor;
  if (visibilityOf(image) === 'none') return repeatPixels(image, scale);
  const output = createOutputImage(image, scale);
  await restorePicture(setup, imageSource(fillTransparent(image)), {
    ...options,
    writeRows: (rows, firstRow) => output.writeRows(rows, firstRow),
  });
  return output.image;
}

/**
 * Restores a picture without transparency that is read and written in rows, to the very samples that
 * `restoreImage` gives. Of the picture, one row of tiles is in memory; it is read once before for the IPR,
 * where the network has one. A mask is held whole.
 * @param source must not change while it is read
 * @param sink takes the rows of a picture of `scale` times the size, with the source's channels and bits
 * @throws what `restoreImage` throws, what the source and the sink throw; ImageError for a source with alpha
 */
export async function restoreRows(
  setup: RestorationSetup,
  { source, sink }: { readonly source: ImageSource; readonly sink: ImageSink },
  options: RestoreOptions = {},
): Promise<void> {
  options.signal?.throwIfAborted();
  if (source.channels === 2 || source.channels === 4) {
    throw new ImageError({
      subject: 'image',
      problem: 'it has an alpha channel, and hidden colour is filled in from all of a picture',
      remedy: 'restore it as an image in memory',
    });
  }
  assertMaskUse(setup.task, options.mask);
  await restorePicture(setup, rememberRows(source), {
    ...options,
    writeRows: (rows, firstRow) => sink.write(encodeRows(rows, source), firstRow),
  });
}

function assertMaskUse(task: TaskDefinition, mask: Image | undefined): void {
  if (task.mask === 'required' && mask === undefined) {
    throw new ModelUseError({ subject: task.id, problem: 'needs a mask', remedy: 'give one, white = hole' });
  }
  if (task.mask === 'none' && mask !== undefined) {
    throw new ModelUseError({ subject: task.id, problem: 'takes no mask', remedy: 'leave it out' });
  }
}
