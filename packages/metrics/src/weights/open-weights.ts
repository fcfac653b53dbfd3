import { type ByteSource, type NamedStateDict, openCheckpoint } from '@diffir/core';
import { openNpz } from '../npz/open-npz';

/** A weight file that is open: values are read when a metric is loaded. */
export interface OpenedWeights extends NamedStateDict {
  /** Closes the file; metrics that are loaded already do not need it any more. */
  close(): Promise<void>;
}

/**
 * Opens a weight file of a metric: `.npz` by its name, everything else as a checkpoint (`openCheckpoint`).
 * @param source is closed with the result, and at once if it cannot be read
 * @throws CheckpointError when it cannot be read
 */
export async function openWeights(source: ByteSource): Promise<OpenedWeights> {
  if (/\.npz$/i.test(source.name)) return { ...(await openNpz(source)), close: async () => {} };
  const { name, stateDict, close } = await openCheckpoint(source);
  return { name, stateDict, close };
}
