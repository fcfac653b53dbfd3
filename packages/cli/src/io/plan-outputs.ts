import { basename, dirname, extname, join, resolve } from 'node:path';
import { ImageError, OptionError } from '@diffir/core';
import type { FailedInput, FoundInputs, InputFile } from './find-inputs';
import { formatOfName, formatTraits, hasImageExtension, type OutputFormat } from './image-formats';

/** One image to restore and where the result goes. */
export interface RestorationJob {
  readonly input: InputFile;
  /** Absolute path. */
  readonly output: string;
  /** How messages call the output. */
  readonly outputName: string;
  readonly format: OutputFormat;
}

/** How results in a folder differ in name from their inputs. */
export interface ResultNaming {
  /** Format of all results; default: what the names say. */
  readonly format?: OutputFormat;
  /** Put behind the names. */
  readonly suffix?: string;
}

export interface OutputOptions {
  /** The output as the user wrote it. */
  readonly output: string;
  readonly cwd: string;
  /** Whether a folder lies at `output`. */
  readonly isFolder: boolean;
  /** What the user asks for now; it must agree with the name of an output file. */
  readonly wanted?: ResultNaming;
  /** What holds for results in a folder where the user asks for nothing. */
  readonly defaults?: ResultNaming;
  /** Allows a result to replace its own input. */
  readonly overwrite?: boolean;
}

export interface OutputPlan {
  readonly jobs: readonly RestorationJob[];
  /** Inputs that were not found, or whose result could not be given a name. */
  readonly failures: readonly FailedInput[];
}

/**
 * Gives each input its output, before any work is done. Results in a folder are named like their inputs.
 * @throws OptionError when options contradict each other, two results would be the same file, or a
 * result would replace an input
 */
export function planOutputs(inputs: FoundInputs, options: OutputOptions): OutputPlan {
  const plan = goesToFile(inputs, options) ? planFile(inputs, options) : planFolder(inputs, options);
  assertDistinct(plan.jobs);
  assertInputsKept(inputs.files, plan.jobs, options.overwrite === true);
  return { ...plan, failures: [...inputs.failures, ...plan.failures] };
}

function goesToFile(
  { files, failures, fromFolder }: FoundInputs,
  { output, isFolder }: OutputOptions,
): boolean {
  if (isFolder || /[\\/]$/.test(output) || !hasImageExtension(output)) return false;
  if (files.length + failures.length === 1 && !fromFolder) return true;
  throw new OptionError({
    subject: output,
    problem: 'several results cannot go to one file',
    remedy: 'give -o a folder',
  });
}

function planFile({ files }: FoundInputs, options: OutputOptions): OutputPlan {
  const { output, cwd, wanted: { format, suffix } = {} } = options;
  if (suffix !== undefined) {
    throw new OptionError({
      subject: '--suffix',
      problem: `it names results in a folder, and ${output} is a file`,
      remedy: 'write the suffix into the file name',
    });
  }
  const named = formatOfName(output);
  if (named === undefined) {
    throw new OptionError({
      subject: output,
      problem: `diffir does not write ${extname(output)} files`,
      remedy: 'use .png, .jpg, .webp, .tif or .avif',
    });
  }
  if (format !== undefined && format !== named) {
    throw new OptionError({
      subject: output,
      problem: `its name says ${named} and --format says ${format}`,
      remedy: 'leave one of them out',
    });
  }
  const jobs = files.map((input) => ({
    input,
    output: resolve(cwd, output),
    outputName: output,
    format: named,
  }));
  return { jobs, failures: [] };
}

function planFolder({ files }: FoundInputs, options: OutputOptions): OutputPlan {
  const { output, cwd, wanted, defaults } = options;
  const { suffix = '', format: chosen } = { ...defaults, ...wanted };
  if (/[\\/]/.test(suffix)) {
    throw new OptionError({ subject: '--suffix', problem: `"${suffix}" holds a path separator` });
  }
  const jobs: RestorationJob[] = [];
  const failures: FailedInput[] = [];
  for (const input of files) {
    const format = chosen ?? formatOfName(input.place);
    if (format === undefined) {
      failures.push({ name: input.name, error: unwritable(input) });
      continue;
    }
    const place = join(dirname(input.place), resultName(basename(input.place), { format, suffix }));
    jobs.push({ input, output: resolve(cwd, output, place), outputName: join(output, place), format });
  }
  return { jobs, failures };
}

/** Keeps everything in a name but an image extension of another format. */
function resultName(name: string, { format, suffix }: { format: OutputFormat; suffix: string }): string {
  const extension = hasImageExtension(name) ? extname(name) : '';
  const stem = name.slice(0, name.length - extension.length);
  const kept = formatOfName(name) === format ? extension : formatTraits[format].extensions[0];
  return `${stem}${suffix}${kept}`;
}

function unwritable(input: InputFile): ImageError {
  const extension = extname(input.place);
  return new ImageError({
    subject: input.name,
    problem: extension ? `diffir does not write ${extension} files` : 'its name does not say which format',
    remedy: 'choose one with --format',
  });
}

function assertDistinct(jobs: readonly RestorationJob[]): void {
  const taken = new Map<string, RestorationJob>();
  for (const job of jobs) {
    const other = taken.get(identity(job.output));
    if (other !== undefined) {
      throw new OptionError({
        subject: job.outputName,
        problem: `both ${other.input.name} and ${job.input.name} would be written to it`,
        remedy: 'restore them into different folders, or use --recursive on a folder above them',
      });
    }
    taken.set(identity(job.output), job);
  }
}

function assertInputsKept(
  files: readonly InputFile[],
  jobs: readonly RestorationJob[],
  overwrite: boolean,
): void {
  const inputs = new Map(files.map((file) => [identity(file.path), file]));
  for (const job of jobs) {
    const replaced = inputs.get(identity(job.output));
    if (replaced === undefined || (overwrite && replaced === job.input)) continue;
    const own = replaced === job.input;
    throw new OptionError({
      subject: job.outputName,
      problem: own
        ? `it is the input ${replaced.name} itself`
        : `the result of ${job.input.name} would replace the input ${replaced.name}`,
      remedy: own ? 'choose another -o, use --suffix, or --overwrite to replace it' : 'choose another -o',
    });
  }
}

/** Equal for names that are one file on the usual file systems of this platform. */
function identity(path: string): string {
  const foldsCase = process.platform === 'win32' || process.platform === 'darwin';
  return foldsCase ? path.normalize('NFC').toLowerCase() : path;
}
