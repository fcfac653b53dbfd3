import type { CliContext } from '../../context';
import { type ExitCode, exitCodes } from '../../exit-code';
import type { RestorationJob } from '../../io/plan-outputs';
import type { Progress } from '../../progress';
import { describeError, formatError } from '../../text/format-error';

/** What became of a restored image. */
interface RestoredImage {
  readonly width: number;
  readonly height: number;
  readonly seconds: number;
  readonly backend: string;
  readonly model: string;
}

/** Which image is spoken of; one that could not be planned has no output. */
type Subject = { readonly input: string; readonly output?: string };

/** Tells of each image as it is done, and in the end how it went. */
export interface Report {
  restored(job: RestorationJob, image: RestoredImage): void;
  skipped(job: RestorationJob): void;
  failed(subject: Subject, error: unknown): void;
  /** How many came out how, in one line; undefined for a single image, which speaks for itself. */
  summary(): string | undefined;
  exitCode(): ExitCode;
}

interface ReportOptions extends Pick<CliContext, 'stdout' | 'debug'> {
  readonly progress: Pick<Progress, 'log'>;
  /** Print a line of JSON for each image on stdout. */
  readonly json: boolean;
}

export function createReport({ stdout, debug, progress, json }: ReportOptions): Report {
  const counts = { restored: 0, skipped: 0, failed: 0 };
  const started = performance.now();
  const record = (entry: object) => {
    if (json) stdout.write(`${JSON.stringify(entry)}\n`);
  };
  return {
    restored(job, { width, height, seconds, backend, model }) {
      counts.restored += 1;
      record({ ...subjectOf(job), width, height, seconds: Number(seconds.toFixed(3)), backend, model });
    },
    skipped(job) {
      counts.skipped += 1;
      record({ ...subjectOf(job), skipped: true });
    },
    failed(subject, error) {
      counts.failed += 1;
      const about = named(subject, describeError(error));
      progress.log(formatError(error, { debug, message: about }));
      record({ ...subject, error: about });
    },
    summary() {
      const said = Object.entries(counts).filter(([, count]) => count > 0);
      if (said.reduce((sum, [, count]) => sum + count, 0) < 2) return undefined;
      const seconds = (performance.now() - started) / 1000;
      return `${said.map(([what, count]) => `${count} ${what}`).join(', ')} in ${seconds.toFixed(1)} s`;
    },
    exitCode: () => (counts.failed === 0 ? exitCodes.done : exitCodes.failed),
  };
}

export function subjectOf({ input, outputName }: RestorationJob): Required<Subject> {
  return { input: input.name, output: outputName };
}

/** An error's message with the image's name, which errors about its mask or about memory do not know. */
function named({ input, output }: Subject, message: string): string {
  const isNamed = [input, output].some((name) => name !== undefined && message.includes(name));
  return isNamed ? message : `${input}: ${message}`;
}
