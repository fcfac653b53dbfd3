import { tensor2d, tensor4d, tidy } from '@tensorflow/tfjs';
import type { RunningBackend } from '../backend/backend';
import { readTensor, withBackend } from '../backend/with-backend';
import { ModelUseError } from '../errors/model-use-error';
import { assertImage } from '../image/assert-image';
import { fillTransparent } from '../image/fill-transparent';
import type { Image } from '../image/image';
import { holeFromMask } from '../image/mask';
import { createOutputImage, type OutputImage } from '../image/output-image';
import { repeatPixels } from '../image/repeat-pixels';
import { visibilityOf } from '../image/visibility';
import type { RestorationModel } from '../model/model';
import { diffuse } from '../prior/estimate-prior';
import type { PriorEstimator } from '../prior/prior';
import type { TaskDefinition } from '../task/task';
import { chooseTile, DEFAULT_OVERLAP, workingBytes } from './choose-tile';
import { encodeCondition } from './encode-condition';
import { colorChannels, type PixelSize, type Region, readRegion } from './image-region';
import { type NetworkRequest, type RegionValues, taskInputs } from './network-request';
import { createLocalRunner, type NetworkRunner } from './network-runner';
import { priorNoise } from './prior-noise';
import { restoreGrid } from './restore-grid';
import type { PictureWork } from './runner-chooser';
import { createTensorScope, type TensorScope } from './tensor-scope';
import { planSpans } from './tile-plan';
import { createTileRestorer } from './tile-restorer';
import { tilesAtOnce } from './tiles-at-once';

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
  const { signal, onProgress } = options;
  signal?.throwIfAborted();
  assertImage(image);
  assertMaskUse(setup.task, options.mask);
  const { scale, outputChannels } = setup.network.descriptor;
  if (visibilityOf(image) === 'none') return repeatPixels(image, scale);
  const scope = createTensorScope(setup.backend);
  const local = createLocalRunner(setup);
  try {
    const job = planJob({ ...setup, local }, fillTransparent(image), options);
    const output = createOutputImage(image, scale);
    const total = job.rows.length * job.columns.length;
    const pixelsTotal = output.image.width * output.image.height;
    const report = (tiles: number) =>
      onProgress?.({ pixelsDone: Math.round((pixelsTotal * tiles) / total), pixelsTotal });
    report(0);
    const { prior, descriptor } = setup.network;
    const ipr = prior && (await estimateIPR(prior, job, scope));
    // Who measures how long pixels take begins here.
    if (prior) report(0);
    const restoreTile = createTileRestorer({ ...job, descriptor, ipr });
    let done = 0;
    await restoreGrid(
      { rows: job.rows, columns: job.columns, size: image },
      {
        scale,
        channels: outputChannels,
        concurrency: job.concurrency,
        async restoreTile(region) {
          const tile = await restoreTile(region);
          done++;
          if (done < total) report(done);
          return tile;
        },
        sink: (rows, firstRow) => writeFinished(job, output, { rows, firstRow }),
      },
    );
    signal?.throwIfAborted();
    report(total);
    return output.image;
  } finally {
    scope.dispose();
    local.dispose();
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

/** `local` computes on this thread. */
type JobSetup = RestorationSetup & { readonly local: NetworkRunner };

/** Everything that is settled before the first tensor: tiles, padding, and how regions are read. */
function planJob(setup: JobSetup, image: Image, options: RestoreOptions) {
  const { network, backend, local } = setup;
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
  const valuesOf = (region: Region): RegionValues => ({
    rows: region.rows.size,
    columns: region.columns.size,
    image: readRegion(image, region, color),
    ...(hole && { mask: readRegion(hole, region, { picked: [0], padded }) }),
  });
  const spans = { tile, overlap, multiple };
  const rows = planSpans({ length: image.height, ...spans });
  const columns = planSpans({ length: image.width, ...spans });
  const largest = { height: rows[0]?.size ?? tile, width: columns[0]?.size ?? tile };
  const picture = { ...padded, requestBytes: workingBytes(descriptor, largest) };
  const runner = setup.chooseRunner?.(picture) ?? local;
  return {
    ...setup,
    image,
    seed,
    padded,
    tile,
    overlap,
    rows,
    columns,
    valuesOf,
    run: (request: NetworkRequest) => runner.run(request, signal),
    concurrency: tilesAtOnce({
      concurrency: runner.concurrency,
      tile: largest,
      descriptor,
      memoryBytes: smallest(runner.memoryBytes, maxMemoryBytes),
    }),
  };
}

/** The smaller of two numbers that may be missing. */
function smallest(...limits: readonly (number | undefined)[]): number | undefined {
  const known = limits.filter((limit) => limit !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

/** The whole picture's IPR, shared by all tiles. */
async function estimateIPR(prior: PriorEstimator, job: Job, scope: TensorScope): Promise<Float32Array> {
  const { padded, tile, valuesOf, run, concurrency, seed, backend } = job;
  const { sizeMultiple: multiple } = job.network.descriptor;
  const condition = await encodeCondition(prior.encoder, {
    size: padded,
    piece: Math.max(multiple, Math.floor(tile / multiple) * multiple),
    concurrency,
    valuesOf,
    run,
    keep: (compute) => scope.run(compute),
  });
  const { size } = prior.encoder;
  const noise = priorNoise(seed, size);
  const ipr = scope.run(() => diffuse(prior, condition, tensor2d(noise, [1, size])).ipr);
  return readTensor(backend, ipr);
}

/** Most input pixels that are composed at once, so that wide pictures take no more memory than a tile. */
const COMPOSED_PIXELS = 2 ** 19;

/** Composes finished rows of the output and stores them, a few at a time. */
async function writeFinished(
  job: Job,
  output: OutputImage,
  { rows, firstRow }: { readonly rows: Float32Array; readonly firstRow: number },
): Promise<void> {
  const { scale, outputChannels } = job.network.descriptor;
  const rowLength = output.image.width * outputChannels;
  const step = scale * Math.max(1, Math.floor(COMPOSED_PIXELS / job.image.width));
  for (let row = 0; row * rowLength < rows.length; row += step) {
    const some = rows.subarray(row * rowLength, (row + step) * rowLength);
    output.writeRows(await composeRows(job, some, firstRow + row), firstRow + row);
  }
}

/** task.compose over finished rows of the output. */
async function composeRows(job: Job, rows: Float32Array, firstRow: number): Promise<Float32Array> {
  const { backend, task, image, network, valuesOf } = job;
  const { scale, outputChannels } = network.descriptor;
  const width = image.width * scale;
  const count = rows.length / (width * outputChannels);
  const region = {
    rows: { start: firstRow / scale, size: count / scale },
    columns: { start: 0, size: image.width },
  };
  const composed = withBackend(backend, () =>
    tidy(() => task.compose(tensor4d(rows, [1, count, width, outputChannels]), taskInputs(valuesOf(region)))),
  );
  try {
    return await readTensor(backend, composed);
  } finally {
    withBackend(backend, () => composed.dispose());
  }
}
