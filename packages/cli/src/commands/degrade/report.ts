import type { Image } from '@diffir/core';
import type { CliContext } from '../../context';
import { type ExitCode, exitCodes } from '../../exit-code';
import type { Progress } from '../../progress';
import { describeError, formatError } from '../../text/format-error';
import type { ExampleJob } from './plan-examples';

/** Tells of each image as it is done, and in the end how it went. */
export interface DegradeReport {
  degraded(job: ExampleJob, size: Pick<Image, 'width' | 'height'>): void;
  failed(input: string, error: unknown): void;
  /** How many came out how, in one line. */
  summary(): string;
  exitCode(): ExitCode;
}

interface ReportOptions extends Pick<CliContext, 'stdout' | 'debug'> {
  readonly progress: Pick<Progress, 'log'>;
  /** Print a line of JSON for each image on stdout. */
  readonly json: boolean;
  /** Id of the recipe. */
  readonly recipe: string;
}

export function createDegradeReport({ stdout, debug, progress, json, recipe }: ReportOptions): DegradeReport {
  const counts = { degraded: 0, failed: 0 };
  const record = (entry: object) => {
    if (json) stdout.write(`${JSON.stringify(entry)}\n`);
  };
  return {
    degraded({ input, outputName, gt, mask }, { width, height }) {
      counts.degraded += 1;
      const beside = { ...(gt && { gt: gt.name }), ...(mask && { mask: mask.name }) };
      record({ input: input.name, output: outputName, ...beside, width, height, recipe });
    },
    failed(input, error) {
      counts.failed += 1;
      const description = describeError(error);
      const message = description.includes(input) ? description : `${input}: ${description}`;
      progress.log(formatError(error, { debug, message }));
      record({ input, error: message });
    },
    summary: () => `${counts.degraded} degraded, ${counts.failed} failed`,
    exitCode: () => (counts.failed === 0 ? exitCodes.done : exitCodes.failed),
  };
}
