import { CheckpointError } from '../errors/checkpoint-error';

/** The error for a file whose content contradicts itself or its format. */
export function damaged(subject: string, problem: string, cause?: unknown): CheckpointError {
  return new CheckpointError({
    subject,
    problem: `damaged: ${problem}`,
    remedy: 'download or copy the file again',
    cause,
  });
}

/** Names out of a file, made fit for a one-line message: quoted, escaped and not too long. */
export function quoted(name: string): string {
  const limit = 80;
  return JSON.stringify(name.length > limit ? `${name.slice(0, limit)}…` : name);
}
