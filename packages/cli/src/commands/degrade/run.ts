import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type BlurKernel, type DegradationContext, OptionError } from '@diffir/core';
import { readBlurKernels } from '@diffir/tasks';
import type { CliContext } from '../../context';
import type { ExitCode } from '../../exit-code';
import { describeFileError } from '../../io/file-errors';
import { findInputs } from '../../io/find-inputs';
import { outputFormats } from '../../io/image-formats';
import { recodeAsJpeg } from '../../io/jpeg-codec';
import { type OutputPlan, planOutputs } from '../../io/plan-outputs';
import { defined } from '../../options/defined';
import { install } from '../../plugins/installation';
import { createProgress, type Progress } from '../../progress';
import { chooseRecipe } from './choose-recipe';
import type { DegradeFlags } from './command';
import { type DegradeFileOptions, degradeFile } from './degrade-file';
import { type ExampleJob, planExamples } from './plan-examples';
import { createDegradeReport, type DegradeReport } from './report';

/**
 * Degrades every input it can. What concerns one image ends that image; what concerns all of them
 * (usage, recipe, kernels) rejects before any image is touched.
 */
export async function runDegrade(
  inputs: readonly string[],
  flags: DegradeFlags,
  context: CliContext,
): Promise<ExitCode> {
  const { registry, config } = await install(flags.plugin ?? [], context.cwd);
  const recipe = chooseRecipe(registry.task(flags.task ?? config.task ?? 'deblur'), flags);
  const plan = await makePlan(inputs, flags, context.cwd);
  const jobs = planExamples(plan.jobs, flags, context.cwd);
  const options = {
    recipe,
    context: await degradationContext(flags, context.cwd),
    seed: flags.seed ?? config.seed ?? 0,
    quality: flags.quality,
    overwrite: flags.overwrite === true,
    signal: context.signal,
  };
  const quiet = flags.quiet === true;
  const progress = await createProgress(context.stderr, { quiet });
  try {
    const report = createDegradeReport({
      ...context,
      progress,
      json: flags.json === true,
      recipe: recipe.id,
    });
    for (const { name, error } of plan.failures) report.failed(name, error);
    await degradeJobs(jobs, options, { report, progress });
    if (!quiet && jobs.length + plan.failures.length > 1) progress.log(report.summary());
    return report.exitCode();
  } finally {
    progress.stop();
  }
}

async function makePlan(
  inputs: readonly string[],
  { output, format, suffix, recursive, overwrite }: DegradeFlags,
  cwd: string,
): Promise<OutputPlan> {
  const folder = resolve(cwd, output);
  const found = await findInputs(inputs, { cwd, recursive: recursive === true, exclude: folder });
  const isFolder = await stat(folder).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  const wanted = defined({ format: outputFormats.find((name) => name === format), suffix });
  // What is degraded with care is not to be compressed once more.
  const defaults = format === 'keep' ? {} : { format: 'png' as const };
  return planOutputs(found, { output, cwd, isFolder, overwrite: overwrite === true, wanted, defaults });
}

async function degradationContext(
  { scale, kernels }: DegradeFlags,
  cwd: string,
): Promise<DegradationContext> {
  return {
    jpeg: recodeAsJpeg,
    ...defined({ scale, kernels: kernels === undefined ? undefined : await readKernels(kernels, cwd) }),
  };
}

async function readKernels(name: string, cwd: string): Promise<BlurKernel[]> {
  const bytes = await readFile(resolve(cwd, name)).catch((cause: unknown) => {
    throw new OptionError({ subject: name, problem: describeFileError(cause), cause });
  });
  return readBlurKernels(bytes, name);
}

interface Surroundings {
  readonly report: DegradeReport;
  readonly progress: Progress;
}

/** @throws the signal's reason when aborted */
async function degradeJobs(
  jobs: readonly ExampleJob[],
  options: DegradeFileOptions,
  { report, progress }: Surroundings,
): Promise<void> {
  const started = performance.now();
  const images = jobs.length;
  const show = (name: string, done: number) => {
    const seconds = (performance.now() - started) / 1000;
    const secondsLeft = () => (done === 0 ? undefined : (seconds * (images - done)) / done);
    progress.show({ part: done / images, name, image: Math.min(done + 1, images), images, secondsLeft });
  };
  for (const [index, job] of jobs.entries()) {
    options.signal.throwIfAborted();
    const { name } = job.input;
    show(name, index);
    try {
      report.degraded(job, await degradeFile(job, options));
    } catch (error) {
      if (options.signal.aborted) throw error;
      report.failed(name, error);
    }
    show(name, index + 1);
  }
}
