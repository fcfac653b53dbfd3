import { basename, extname, join, relative, resolve } from 'node:path';
import { OptionError } from '@diffir/core';
import type { RestorationJob } from '../../io/plan-outputs';
import type { DegradeFlags } from './command';

/** A file to be written. */
export interface Target {
  /** Absolute path. */
  readonly path: string;
  /** How messages call it. */
  readonly name: string;
}

/** One image to degrade, and where everything that is made of it goes. */
export interface ExampleJob extends RestorationJob {
  readonly gt?: Target;
  /** Always a PNG file. */
  readonly mask?: Target;
}

/**
 * Gives the ground truth and masks the names of their results, in folders of their own.
 * @throws OptionError when one of them would be the same file as another, or as an input
 */
export function planExamples(
  jobs: readonly RestorationJob[],
  { output, gt, masks }: Pick<DegradeFlags, 'output' | 'gt' | 'masks'>,
  cwd: string,
): ExampleJob[] {
  const folder = resolve(cwd, output);
  const examples = jobs.map((job) => {
    const place = job.output === folder ? basename(folder) : relative(folder, job.output);
    const beside = (root: string, name: string) => ({
      path: resolve(cwd, root, name),
      name: join(root, name),
    });
    return {
      ...job,
      ...(gt !== undefined && { gt: beside(gt, place) }),
      ...(masks !== undefined && { mask: beside(masks, asPng(place)) }),
    };
  });
  assertApart(examples);
  return examples;
}

/** Everything that is written for a job. */
export function targetsOf({ output, outputName, gt, mask }: ExampleJob): Target[] {
  return [{ path: output, name: outputName }, gt, mask].filter((target) => target !== undefined);
}

function asPng(place: string): string {
  return `${place.slice(0, place.length - extname(place).length)}.png`;
}

function assertApart(jobs: readonly ExampleJob[]): void {
  const taken = new Map(jobs.map(({ input }) => [input.path, `the input ${input.name}`]));
  for (const job of jobs) {
    for (const { path, name } of targetsOf(job)) {
      const other = taken.get(path);
      // A result may replace its own input where the plan of outputs allowed it.
      if (other !== undefined && !(path === job.output && path === job.input.path)) {
        throw new OptionError({
          subject: name,
          problem: `what is made of ${job.input.name} would replace ${other}`,
          remedy: 'choose other folders for -o, --gt and --masks',
        });
      }
      taken.set(path, `what is made of ${job.input.name}`);
    }
  }
}
