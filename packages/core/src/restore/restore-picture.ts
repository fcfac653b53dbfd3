import { tensor2d, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { readTensor, withBackend } from '../backend/with-backend';
import type { ImageSource } from '../image/image-rows';
import { diffuse } from '../prior/estimate-prior';
import type { PriorEstimator } from '../prior/prior';
import type { RowSink } from './band-blender';
import { encodeCondition } from './encode-condition';
import { taskInputs } from './network-request';
import { createLocalRunner } from './network-runner';
import { type Job, planJob } from './plan-job';
import { priorNoise } from './prior-noise';
import { restoreGrid } from './restore-grid';
import type { RestorationSetup, RestoreOptions } from './restore-image';
import { createTensorScope, type TensorScope } from './tensor-scope';
import { createTileRestorer } from './tile-restorer';

interface RestorePictureOptions extends RestoreOptions {
  /** Takes the finished rows: RGB in [0,1], three values a pixel. */
  readonly writeRows: RowSink;
}

/**
 * What restoring an image in memory and restoring one by rows have in common: all but the samples.
 * @throws ImageError for a mask of another size
 * @throws OptionError for a tile size or overlap that makes no sense
 * @throws OutOfMemoryError when even the smallest tile does not fit
 */
export async function restorePicture(
  setup: RestorationSetup,
  source: ImageSource,
  { writeRows, ...options }: RestorePictureOptions,
): Promise<void> {
  const { signal, onProgress } = options;
  const { scale, outputChannels } = setup.network.descriptor;
  const scope = createTensorScope(setup.backend);
  const local = createLocalRunner(setup);
  try {
    let done = 0;
    let compileSeconds = 0;
    const onCompiled = (seconds: number) => {
      compileSeconds += seconds;
      report(done);
    };
    const job = await planJob({ ...setup, local, onCompiled }, source, options);
    const total = job.rows.length * job.columns.length;
    const pixelsTotal = source.width * source.height * scale ** 2;
    const report = (tiles: number) =>
      onProgress?.({
        pixelsDone: Math.round((pixelsTotal * tiles) / total),
        pixelsTotal,
        ...(compileSeconds > 0 && { compileSeconds }),
      });
    report(0);
    const { prior, descriptor } = setup.network;
    const ipr = prior && (await estimateIPR(prior, job, scope));
    // Who measures how long pixels take begins here.
    if (prior) report(0);
    const restoreTile = createTileRestorer({ ...job, descriptor, ipr });
    await restoreGrid(
      { rows: job.rows, columns: job.columns, size: source },
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
        sink: (rows, firstRow) => writeFinished(job, writeRows, { rows, firstRow }),
      },
    );
    signal?.throwIfAborted();
    report(total);
  } finally {
    scope.dispose();
    local.dispose();
  }
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
  writeRows: RowSink,
  { rows, firstRow }: { readonly rows: Float32Array; readonly firstRow: number },
): Promise<void> {
  const { scale, outputChannels } = job.network.descriptor;
  const rowLength = job.source.width * scale * outputChannels;
  const step = scale * Math.max(1, Math.floor(COMPOSED_PIXELS / job.source.width));
  for (let row = 0; row * rowLength < rows.length; row += step) {
    const some = rows.subarray(row * rowLength, (row + step) * rowLength);
    await writeRows(await composeRows(job, some, firstRow + row), firstRow + row);
  }
}

/** task.compose over finished rows of the output. */
async function composeRows(job: Job, rows: Float32Array, firstRow: number): Promise<Float32Array> {
  const { backend, task, source, network, valuesOf } = job;
  const { scale, outputChannels } = network.descriptor;
  const width = source.width * scale;
  const count = rows.length / (width * outputChannels);
  const region = {
    rows: { start: firstRow / scale, size: count / scale },
    columns: { start: 0, size: source.width },
  };
  const values = await valuesOf(region);
  const composed = withBackend(backend, () =>
    tidy(() => task.compose(tensor4d(rows, [1, count, width, outputChannels]), taskInputs(values))),
  );
  try {
    return await readTensor(backend, composed);
  } finally {
    withBackend(backend, () => composed.dispose());
  }
}
