import { type Checkpoint, type Host, openCheckpoint } from '@diffir/core';

/**
 * Opens a checkpoint, hands it to `use`, and closes it whatever happens.
 * @throws CheckpointError when it cannot be read
 */
export async function withCheckpoint<T>(
  host: Host,
  location: string | URL,
  use: (checkpoint: Checkpoint) => Promise<T>,
): Promise<T> {
  const checkpoint = await openCheckpoint(await host.openSource(location));
  try {
    return await use(checkpoint);
  } finally {
    await checkpoint.close();
  }
}
