import type { Degradation, DegradationContext } from '@diffir/core';
import { createRandomSource, type Image } from '@diffir/core';
import { fileSeed } from '../../batch/file-seed';
import { dropOpaqueAlpha } from '../../io/drop-opaque-alpha';
import { encodePhoto } from '../../io/encode-photo';
import { type PhotoMetadata, profileOnly } from '../../io/photo';
import { readPhoto } from '../../io/read-photo';
import { exists, outputExists, writeAtomically } from '../../io/write-atomically';
import { defined } from '../../options/defined';
import { type ExampleJob, type Target, targetsOf } from './plan-examples';

export interface DegradeFileOptions {
  readonly recipe: Degradation;
  readonly context: DegradationContext;
  readonly seed: number;
  readonly quality: number | undefined;
  readonly overwrite: boolean;
  readonly signal: AbortSignal;
}

/**
 * Degrades one image file; writes the ground truth and the mask where the job wants them, and last the
 * result. The colour profile stays, other metadata does not.
 * @returns the result's size
 * @throws ImageError, OptionError, OutputError
 */
export async function degradeFile(
  job: ExampleJob,
  { recipe, context, seed, ...options }: DegradeFileOptions,
): Promise<Pick<Image, 'width' | 'height'>> {
  const { format } = job;
  if (!options.overwrite) await assertFree(targetsOf(job));
  const { image, metadata } = await readPhoto(job.input.path, job.input.name);
  const random = createRandomSource(fileSeed(seed, job.input.place));
  const { lq, gt, mask } = await recipe.degrade(dropOpaqueAlpha(image), random, context);
  const kept = profileOnly(metadata);
  const write = writer(options);
  if (job.gt !== undefined) await write(job.gt, gt, { format, metadata: kept });
  if (job.mask !== undefined && mask !== undefined)
    await write(job.mask, mask, { format: 'png', metadata: {} });
  await write({ path: job.output, name: job.outputName }, lq, { format, metadata: kept });
  return { width: lq.width, height: lq.height };
}

async function assertFree(targets: readonly Target[]): Promise<void> {
  for (const { path, name } of targets) {
    if (await exists(path)) throw outputExists(name, 'use --overwrite, or another folder');
  }
}

interface WriteWishes {
  readonly format: ExampleJob['format'];
  readonly metadata: PhotoMetadata;
}

function writer({ quality, overwrite, signal }: Omit<DegradeFileOptions, 'recipe' | 'context' | 'seed'>) {
  return async ({ path, name }: Target, image: Image, { format, metadata }: WriteWishes): Promise<void> => {
    const file = await encodePhoto({ image, metadata }, { format, ...defined({ quality }) }, name);
    await writeAtomically(path, file, { overwrite, signal, name });
  };
}
