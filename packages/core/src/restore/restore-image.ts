import { type Tensor4D, tensor2d, tensor4d, tidy } from '@tensorflow/tfjs';
import type { RunningBackend } from '../backend/backend';
import { readTensor, withBackend } from '../backend/with-backend';
import { ModelUseError } from '../errors/model-use-error';
import { OutOfMemoryError } from '../errors/out-of-memory-error';
import { assertImage } from '../image/assert-image';
import type { Image } from '../image/image';
import { holeFromMask } from '../image/mask';
import { createOutputImage } from '../image/output-image';
import type { RestorationModel } from '../model/model';
import { diffuse } from '../prior/estimate-prior';
import type { PriorEstimator } from '../prior/prior';
import type { TaskDefinition, TaskInputs } from '../task/task';
import { chooseTile, DEFAULT_OVERLAP } from './choose-tile';
import { encodeCondition } from './encode-condition';
import { colorChannels, type PixelSize, type Region, readRegion } from './image-region';
import { priorNoise } from './prior-noise';
import { restoreGrid } from './restore-grid';
import { createTensorScope, type TensorScope } from './tensor-scope';
import { planSpans } from './tile-plan';

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
  readonly onProgress?: (progress: RestoreProgress) => void;
}

/** What restores: a network, the task that wraps it, and where it runs. */
export interface RestorationSetup {
  readonly network: RestorationModel;
  readonly task: TaskDefinition;
  readonly backend: RunningBackend;
}

/**
 * Restores one image: the IPR once for the whole picture, then tile by tile task.prepare and the
 * network, blended, and task.compose on finished rows. The result has the storage and channels of the
 * input and `scale` times its size; alpha is kept (enlarged for scale > 1). A tile for which memory runs
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
  const { signal, onProgress } = options;
  signal?.throwIfAborted();
  assertImage(image);
  assertMaskUse(setup.task, options.mask);
  const { scale, outputChannels } = setup.network.descriptor;
  const scope = createTensorScope(setup.backend);
  try {
    const job = planJob(setup, image, options);
    const output = createOutputImage(image, scale);
    const total = job.rows.length * job.columns.length;
    const pixelsTotal = output.image.width * output.image.height;
    const report = (tiles: number) =>
      onProgress?.({ pixelsDone: Math.round((pixelsTotal * tiles) / total), pixelsTotal });
    report(0);
    const restoreTile = await createTileRestorer(job, scope);
    let done = 0;
    await restoreGrid(
      { rows: job.rows, columns: job.columns, size: image },
      {
        scale,
        channels: outputChannels,
        async restoreTile(region) {
          await job.pause();
          const tile = await restoreTile(region);
          done++;
          if (done < total) report(done);
          return tile;
        },
        sink: async (rows, firstRow) => output.writeRows(await composeRows(job, rows, firstRow), firstRow),
      },
    );
    signal?.throwIfAborted();
    report(total);
    return output.image;
  } finally {
    scope.dispose();
  }
}

function assertMaskUse(task: TaskDefinition, mask: Image | undefined): void {
  if (task.mask === 'required' && mask === undefined) {
    throw new ModelUseError({ subject: task.id, problem: 'needs a mask', remedy: 'give one, white = hole' });
  }
  if (task.mask === 'none' && mask !== undefined) {
    throw new ModelUseError({ subject: task.id, problem: 'takes no mask', remedy: 'leave it out' });
  }
}

type Job = ReturnType<typeof planJob>;

/** Everything that is settled before the first tensor: tiles, padding, and how regions are read. */
function planJob(setup: RestorationSetup, image: Image, options: RestoreOptions) {
  const { network, task, backend } = setup;
  const { descriptor } = network;
  const { sizeMultiple: multiple } = descriptor;
  const { mask, seed = 0, signal, maxMemoryBytes } = options;
  const up = (length: number) => Math.ceil(length / multiple) * multiple;
  const padded: PixelSize = { height: up(image.height), width: up(image.width) };
  const tile = chooseTile({
    tile: descriptor.tiling === 'none' ? 0 : (options.tile ?? 'auto'),
    size: padded,
    limits: backend.limits,
    descriptor,
    ...(maxMemoryBytes !== undefined && { maxMemoryBytes }),
  });
  const overlap = options.overlap ?? Math.min(DEFAULT_OVERLAP, Math.floor(tile / 4));
  const hole = mask && holeFromMask(mask, image);
  const color = { picked: colorChannels(image), padded };
  const inputsOf = (region: Region): TaskInputs => {
    const { rows, columns } = region;
    return {
      image: tensor4d(readRegion(image, region, color), [1, rows.size, columns.size, 3]),
      ...(hole && {
        mask: tensor4d(readRegion(hole, region, { picked: [0], padded }), [1, rows.size, columns.size, 1]),
      }),
    };
  };
  return {
    ...setup,
    image,
    seed,
    padded,
    tile,
    overlap,
    rows: planSpans({ length: image.height, tile, overlap, multiple }),
    columns: planSpans({ length: image.width, tile, overlap, multiple }),
    inputsOf,
    inputOf: (region: Region): Tensor4D => tidy(() => task.prepare(inputsOf(region))),
    /** Lets timers, input and abort signals in; throws when aborted. */
    async pause() {
      await new Promise((resolve) => setTimeout(resolve, 0));
      signal?.throwIfAborted();
    },
  };
}

/** Estimates the IPR, and returns what restores a tile with it, split where memory does not suffice. */
async function createTileRestorer(
  job: Job,
  scope: TensorScope,
): Promise<(region: Region) => Promise<Float32Array>> {
  const { network, backend, overlap, inputOf } = job;
  const { scale, sizeMultiple: multiple, outputChannels: channels } = network.descriptor;
  const ipr = network.prior && (await estimateIPR(network.prior, job, scope));
  let largest = job.tile;

  async function restoreWhole(region: Region): Promise<Float32Array> {
    const output = withBackend(backend, () => tidy(() => network.restore(inputOf(region), ipr)));
    try {
      return await readTensor(backend, output);
    } finally {
      withBackend(backend, () => output.dispose());
    }
  }

  async function restoreInParts({ rows, columns }: Region): Promise<Float32Array> {
    const parts = { tile: largest, overlap: Math.min(overlap, Math.floor(largest / 4)), multiple };
    const values = new Float32Array(rows.size * columns.size * scale * scale * channels);
    await restoreGrid(
      {
        rows: planSpans({ length: rows.size, ...parts }),
        columns: planSpans({ length: columns.size, ...parts }),
        size: { height: rows.size, width: columns.size },
      },
      {
        scale,
        channels,
        async restoreTile(part) {
          await job.pause();
          return restoreTile({
            rows: { ...part.rows, start: rows.start + part.rows.start },
            columns: { ...part.columns, start: columns.start + part.columns.start },
          });
        },
        sink: (finished, firstRow) => values.set(finished, firstRow * columns.size * scale * channels),
      },
    );
    return values;
  }

  async function restoreTile(region: Region): Promise<Float32Array> {
    const side = Math.max(region.rows.size, region.columns.size);
    if (side > largest && side > multiple) return restoreInParts(region);
    try {
      return await restoreWhole(region);
    } catch (error) {
      const half = Math.floor(side / 2 / multiple) * multiple;
      if (!OutOfMemoryError.isInstance(error) || half < multiple) throw error;
      largest = half;
      return restoreInParts(region);
    }
  }

  return restoreTile;
}

/** The whole picture's IPR, `[1,256]`, shared by all tiles. */
async function estimateIPR(prior: PriorEstimator, job: Job, scope: TensorScope) {
  const { padded, tile, inputOf, pause, seed } = job;
  const { multiple } = { multiple: job.network.descriptor.sizeMultiple };
  const piece = Math.max(multiple, Math.floor(tile / multiple) * multiple);
  const condition = await encodeCondition(prior.encoder, {
    size: padded,
    piece,
    inputOf,
    run: (compute) => scope.run(compute),
    pause,
  });
  const { size } = prior.encoder;
  return scope.run(() => diffuse(prior, condition, tensor2d(priorNoise(seed, size), [1, size])).ipr);
}

/** task.compose over finished rows of the output. */
async function composeRows(job: Job, rows: Float32Array, firstRow: number): Promise<Float32Array> {
  const { backend, task, image, network, inputsOf } = job;
  const { scale, outputChannels } = network.descriptor;
  const width = image.width * scale;
  const count = rows.length / (width * outputChannels);
  const region = {
    rows: { start: firstRow / scale, size: count / scale },
    columns: { start: 0, size: image.width },
  };
  const composed = withBackend(backend, () =>
    tidy(() => task.compose(tensor4d(rows, [1, count, width, outputChannels]), inputsOf(region))),
  );
  try {
    return await readTensor(backend, composed);
  } finally {
    withBackend(backend, () => composed.dispose());
  }
}
