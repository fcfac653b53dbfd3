import { OutputError } from '@diffir/core';
import { describeFileError, fileErrorCode } from './file-errors';

/** How libvips says that it cannot write, and what that means. */
const meanings: readonly (readonly [RegExp, string])[] = [
  [/No space left on device/, 'the disk is full'],
  [/Disk quota exceeded/, 'the disk quota is used up'],
  [/File too large|Maximum TIFF file size/, 'it is larger than files there can be'],
  [/write failed|write error|unable to write/, 'writing fails'],
];

/**
 * The error for a temporary file that cannot be written, by Node or by libvips; undefined for any other.
 * @param name what errors call the image that it is for
 */
export function temporaryFileError(cause: unknown, name: string): OutputError | undefined {
  const reason = fileErrorCode(cause) === undefined ? reasonOfLibvips(cause) : describeFileError(cause);
  if (reason === undefined) return undefined;
  return new OutputError({
    subject: name,
    problem: `its temporary file cannot be written: ${reason}`,
    remedy: 'choose an output on another disk',
    cause,
  });
}

function reasonOfLibvips(error: unknown): string | undefined {
  const message = error instanceof Error ? error.message : '';
  return meanings.find(([pattern]) => pattern.test(message))?.[1];
}
