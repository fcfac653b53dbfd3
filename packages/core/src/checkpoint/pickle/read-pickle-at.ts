import { CheckpointError } from '../../errors/checkpoint-error';
import type { ByteSource } from '../byte-source';
import { readRange } from '../read-range';
import type { PickleHost } from './pickle-machine';
import { type PickleReading, readPickle } from './read-pickle';
import { TruncatedPickleError } from './truncated-pickle-error';

/** Pickles hold names and shapes, not values: far more than the largest of them takes. */
const maxPickleLength = 128 * 2 ** 20;

const firstWindow = 4096;
const growth = 4;

/**
 * Reads a pickle of unknown length out of a file, through a window that grows until it holds all of it, so
 * that the much larger part behind it is not read.
 * @param createHost called for each attempt, with the number of bytes at hand, so that an attempt that came
 *   to nothing leaves no trace
 * @throws {CheckpointError}
 */
export async function readPickleAt<Host extends PickleHost>(
  source: ByteSource,
  offset: number,
  createHost: (length: number) => Host,
): Promise<PickleReading & { readonly host: Host }> {
  const available = source.size - offset;
  let window = Math.min(firstWindow, available);
  while (true) {
    const bytes = await readRange(source, offset, window);
    const host = createHost(window);
    try {
      return { ...readPickle(bytes, { subject: source.name, host }), host };
    } catch (error) {
      if (!(error instanceof TruncatedPickleError) || error.needed > available) throw error;
      checkLength(source.name, error.needed);
      window = Math.min(available, maxPickleLength, Math.max(error.needed, window * growth));
    }
  }
}

/** @throws {CheckpointError} if a pickle is too long to be one of a checkpoint's */
export function checkLength(subject: string, length: number): void {
  if (length > maxPickleLength) {
    throw new CheckpointError({
      subject,
      problem: 'its pickled part is larger than 128 MiB',
      remedy: 'save only the state dict: torch.save(model.state_dict(), path)',
    });
  }
}
