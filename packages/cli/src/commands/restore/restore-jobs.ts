import { BackendUnavailableError, type Image, invertMask, type Restorer } from '@diffir/core';
import type { CliContext } from '../../context';
import { findMask } from '../../io/find-mask';
import type { RestorationJob } from '../../io/plan-outputs';
import { readPhoto } from '../../io/read-photo';
import type { Progress } from '../../progress';
import { type RestoredFile, type RestoreFileOptions, restoreFile } from '../../restorer/restore-file';
import { type Report, subjectOf } from './report';

interface JobsSetup {
  readonly restorer: Restorer;
  /** What reports call the model. */
  readonly model: string;
  /** File or folder of masks, as the user wrote it. */
  readonly mask: string | undefined;
  /** Whether what is black in the mask is filled. */
  readonly maskInverted: boolean;
  readonly options: RestoreFileOptions;
  readonly report: Report;
  readonly progress: Progress;
  readonly context: CliContext;
}

/**
 * Restores one image after the other and reports each. An image that fails does not stop the rest.
 * @throws the signal's reason when aborted; BackendUnavailableError when the backend is gone
 */
export async function restoreJobs(jobs: readonly RestorationJob[], setup: JobsSetup): Promise<void> {
  const { restorer, model, report, progress, context } = setup;
  for (const [index, job] of jobs.entries()) {
    context.signal.throwIfAborted();
    progress.begin({ name: job.input.name, image: index + 1, total: jobs.length });
    const started = performance.now();
    try {
      const size = await restoreJob(job, setup);
      const seconds = (performance.now() - started) / 1000;
      report.restored(job, { ...size, seconds, backend: restorer.backend.id, model });
    } catch (error) {
      if (context.signal.aborted || BackendUnavailableError.isInstance(error)) throw error;
      report.failed(subjectOf(job), error);
    }
    progress.update(1);
  }
}

async function restoreJob(job: RestorationJob, setup: JobsSetup): Promise<RestoredFile> {
  const { restorer, mask, options, progress, context } = setup;
  const paths = {
    input: job.input.path,
    inputName: job.input.name,
    output: job.output,
    outputName: job.outputName,
  };
  return restoreFile(restorer, paths, {
    ...options,
    ...(mask !== undefined && { mask: await readMask(mask, job, setup) }),
    format: job.format,
    signal: context.signal,
    onProgress: ({ pixelsDone, pixelsTotal }) => progress.update(pixelsDone / pixelsTotal),
  });
}

async function readMask(mask: string, { input }: RestorationJob, setup: JobsSetup): Promise<Image> {
  const { path, name } = await findMask(mask, input, setup.context.cwd);
  const { image } = await readPhoto(path, name);
  return setup.maskInverted ? invertMask(image) : image;
}
