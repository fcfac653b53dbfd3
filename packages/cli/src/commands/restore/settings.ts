import { type OutputFormat, outputFormats } from '../../io/image-formats';
import type { ResultNaming } from '../../io/plan-outputs';
import { defined } from '../../options/defined';
import type { DiffIRConfig } from '../../plugins/config';
import { withDefaultTask } from '../../restorer/default-task';
import type { RestoreFlags } from './command';

/** Which network works on the images, and where. */
export interface ModelSettings {
  readonly task?: string;
  readonly model?: string;
  readonly backend?: string;
}

/** What is done to each image. */
export interface ImageSettings {
  readonly tile?: number | 'auto';
  readonly overlap?: number;
  readonly maxMemoryBytes?: number;
  readonly seed?: number;
  readonly outscale?: number;
  readonly quality?: number;
}

/**
 * The command line's choice, else the configuration's. A task or a model on the command line replaces
 * both of the configuration's, which belong together.
 */
export function modelSettings(flags: RestoreFlags, config: DiffIRConfig): ModelSettings {
  const chosen = flags.task === undefined && flags.model === undefined ? config : flags;
  const backend = flags.backend ?? config.backend;
  return withDefaultTask(defined({ task: chosen.task, model: chosen.model, backend }));
}

/** The command line's wishes for each image, else the configuration's. */
export function imageSettings(flags: RestoreFlags, config: DiffIRConfig): ImageSettings {
  return defined({
    tile: flags.tile,
    overlap: flags.overlap,
    maxMemoryBytes: flags.maxMemory,
    seed: flags.seed ?? config.seed,
    outscale: flags.outscale ?? config.outscale,
    quality: flags.quality ?? config.quality,
  });
}

/** How many worker threads: the command line's choice, else the configuration's, else as it pays. */
export function workerCount(flags: RestoreFlags, config: DiffIRConfig): number | 'auto' {
  return flags.workers ?? config.workers ?? 'auto';
}

interface NamingOptions {
  readonly format?: string;
  readonly suffix?: string;
}

/** Format and suffix as a plan wants them: "keep" is no format. */
export function naming({ format, suffix }: NamingOptions): ResultNaming {
  const known: OutputFormat | undefined = outputFormats.find((name) => name === format);
  return defined({ format: known, suffix });
}

/** What holds for results in a folder where the command line says nothing. */
export function defaultNaming(flags: NamingOptions, config: NamingOptions): ResultNaming {
  return naming({ ...config, ...(flags.format !== undefined && { format: flags.format }) });
}
