import { BackendUnavailableError, type PixelSize, type Restorer } from '@diffir/core';
import { type BatchProgress, createBatchProgress, type ProgressItem } from '../../batch/batch-progress';
import { createOrderedOutcomes } from '../../batch/ordered-outcomes';
import { overlapStages, type Stages } from '../../batch/overlap-stages';
import type { CliContext } from '../../context';
import { findMask } from '../../io/find-mask';
import type { RestorationJob } from '../../io/plan-outputs';
import { createTemporaryFiles } from '../../io/temporary-files';
import { defined } from '../../options/defined';
import type { Progress } from '../../progress';
import { photoSizes } from '../../restorer/photo-size';
import { decodeFile } from '../../restorer/stages/decode-file';
import type { FilePair } from '../../restorer/stages/file-pair';
import { type LargePhotos, mostInMemory } from '../../restorer/stages/large-photos';
import { restoreDecoded } from '../../restorer/stages/restore-decoded';
import { writeRestored } from '../../restorer/stages/write-restored';
import { type Report, subjectOf } from './report';
import type { ImageSettings } from './settings';

interface JobsSetup {
  readonly restorer: Restorer;
  /** What reports call the model. */
  readonly model: string;
  /** File or folder of masks, as the user wrote it. */
  readonly mask: string | undefined;
  /** Whether what is black in the mask is filled. */
  readonly maskInverted: boolean;
  readonly options: ImageSettings & { readonly strip: boolean; readonly overwrite: boolean };
  /** How many images to restore at once, given the sizes that are known. */
  readonly planBatch: (sizes: readonly PixelSize[]) => number;
  readonly report: Report;
  readonly progress: Progress;
  readonly context: CliContext;
}

/** A job under way. */
interface BatchJob extends ProgressItem {
  readonly index: number;
  readonly job: RestorationJob;
  /** What the decoded image and its result take in memory; less than half of what they may, if in files. */
  readonly bytes: number;
  /** Milliseconds that its stages have taken so far; it also waits between them. */
  readonly spent: { milliseconds: number };
  /** Its temporary files, if it is too large for memory. */
  readonly large: LargePhotos;
}

/**
 * What images under way may take together, decoded, with their results: two photos of 32 megapixels, say.
 * Larger ones are in files.
 */
const MOST_IMAGE_BYTES = 64e6 * 3 * 2;

/**
 * Restores images, some at the same time where there are workers for it, while the next one is read and the
 * last one is written. Each is reported, in their order. An image that fails does not stop the rest.
 * @throws the signal's reason when aborted; BackendUnavailableError when the backend is gone
 */
export async function restoreJobs(jobs: readonly RestorationJob[], setup: JobsSetup): Promise<void> {
  const { restorer, model, report, progress, context, options } = setup;
  const sizes = await photoSizes(
    jobs.map(({ input }) => input.path),
    context.signal,
  );
  const atOnce = setup.planBatch(sizes.filter((size) => size !== undefined));
  const { scale } = restorer.model;
  const most = mostInMemory(options.maxMemoryBytes);
  const batch: readonly BatchJob[] = jobs.map((job, index) => {
    const size = sizes[index];
    const { bytes = 0 } = size ?? {};
    const withResult = bytes * (1 + scale ** 2);
    return {
      index,
      job,
      name: job.input.name,
      pixels: size && size.width * size.height,
      size,
      bytes: withResult > most ? most / 2 : withResult,
      spent: { milliseconds: 0 },
      large: {
        files: createTemporaryFiles(),
        mostInMemory: most,
        scale,
        ...defined({ outscale: options.outscale }),
      },
    };
  });
  const shown = createBatchProgress(batch, { progress, lanes: atOnce });
  const outcomes = createOrderedOutcomes();
  try {
    await overlapStages(batch, stagesOf(setup, shown), {
      restoring: atOnce,
      weightOf: ({ bytes }) => bytes,
      mostWeight: Math.min(MOST_IMAGE_BYTES, options.maxMemoryBytes ?? MOST_IMAGE_BYTES),
      signal: context.signal,
      onDone(done, { width, height }) {
        shown.end(done);
        const seconds = done.spent.milliseconds / 1000;
        const image = { width, height, seconds, backend: restorer.backend.id, model };
        outcomes.add(done.index, () => report.restored(done.job, image));
      },
      onFailed(failed, error) {
        if (BackendUnavailableError.isInstance(error)) throw error;
        shown.end(failed);
        outcomes.add(failed.index, () => report.failed(subjectOf(failed.job), error));
      },
    });
  } finally {
    outcomes.flush();
    await Promise.all(batch.map(({ large }) => large.files.removeAll()));
  }
}

/** The stages of restoring a file, each timed. */
function stagesOf(setup: JobsSetup, shown: BatchProgress) {
  const { restorer, options, mask, context } = setup;
  const { signal } = context;
  const { strip, overwrite, outscale, quality, ...restoring } = options;
  const stages = {
    decode: ({ job, large }: BatchJob) =>
      decodeFile(pathsOf(job), {
        overwrite,
        large,
        ...(mask !== undefined && {
          mask: { input: () => findMask(mask, job.input, context.cwd), inverted: setup.maskInverted },
        }),
      }),
    restore: (job: BatchJob, decoded: Awaited<ReturnType<typeof decodeFile>>) => {
      shown.begin(job);
      return restoreDecoded(restorer, decoded, {
        ...restoring,
        signal,
        work: { files: job.large.files, output: job.job.output, name: job.job.outputName },
        onProgress: (done) => shown.update(job, done),
      });
    },
    write: ({ job, large }: BatchJob, restored: Awaited<ReturnType<typeof restoreDecoded>>) =>
      writeRestored(pathsOf(job), restored, {
        ...defined({ outscale, quality }),
        format: job.format,
        strip,
        overwrite,
        signal,
        large,
      }),
  };
  return timed(stages);
}

/** Stages that note how long they take. Temporary files go with the last one, and when one fails. */
function timed<Decoded, Restored, Written>(
  stages: Stages<BatchJob, Decoded, Restored, Written>,
): Stages<BatchJob, Decoded, Restored, Written> {
  const time = async <Value>({ spent, large }: BatchJob, work: () => Promise<Value>) => {
    const started = performance.now();
    try {
      return await work();
    } catch (error) {
      await large.files.removeAll();
      throw error;
    } finally {
      spent.milliseconds += performance.now() - started;
    }
  };
  return {
    decode: (job) => time(job, () => stages.decode(job)),
    restore: (job, decoded) => time(job, () => stages.restore(job, decoded)),
    write: (job, restored) =>
      time(job, async () => {
        const written = await stages.write(job, restored);
        await job.large.files.removeAll();
        return written;
      }),
  };
}

function pathsOf({ input, output, outputName }: RestorationJob): FilePair {
  return { input: input.path, inputName: input.name, output, outputName };
}
