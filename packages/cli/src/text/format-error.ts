import { DiffIRError } from '@diffir/core';

interface FormatOptions {
  /** Add where the error comes from. */
  readonly debug: boolean;
  /** What to say in place of the error's own message. */
  readonly message?: string;
}

/** What a user reads of an error: one line, and with `debug` the stacks. */
export function formatError(
  error: unknown,
  { debug, message = describeError(error) }: FormatOptions,
): string {
  const lines = [`diffir: ${message}`];
  for (let cause = error; debug && cause instanceof Error; cause = cause.cause) {
    lines.push(cause.stack ?? cause.message);
  }
  return lines.join('\n');
}

/** An error's message in one line. */
export function describeError(error: unknown): string {
  const message = (error instanceof Error ? error.message : String(error)).replace(/\s*[\r\n]+\s*/g, ' ');
  return DiffIRError.isInstance(error) ? message : `unexpected error: ${message}; --debug shows where`;
}
