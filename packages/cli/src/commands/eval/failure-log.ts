import type { CliContext } from '../../context';
import type { Contestant } from '../../eval/contestant';
import type { ImagePair } from '../../eval/find-pairs';
import type { FailureReport } from '../../eval/report/evaluation-report';
import type { Progress } from '../../progress';
import { describeError, formatError } from '../../text/format-error';

/** Tells of images that could not be measured, and remembers them for the report. */
export interface FailureLog {
  add(contestant: Pick<Contestant, 'name'>, pair: ImagePair, error: unknown): void;
  /** In the order of models and images, whichever failed first. */
  all(): readonly FailureReport[];
}

interface FailureLogOptions extends Pick<CliContext, 'debug'> {
  readonly progress: Pick<Progress, 'log'>;
}

export function createFailureLog({ debug, progress }: FailureLogOptions): FailureLog {
  const failures: FailureReport[] = [];
  return {
    add({ name: contestant }, { name: image }, error) {
      const description = describeError(error);
      const message = description.includes(image) ? description : `${image}: ${description}`;
      // What cannot be read fails for everyone; it is said once.
      if (!failures.some((failure) => failure.error === message)) {
        progress.log(formatError(error, { debug, message }));
      }
      failures.push({ contestant, image, error: message });
    },
    all() {
      const names = [...new Set(failures.map(({ contestant }) => contestant))];
      return names.flatMap((name) =>
        failures.filter(({ contestant }) => contestant === name).sort((a, b) => (a.image < b.image ? -1 : 1)),
      );
    },
  };
}
