import { type ByteSource, bytesSource, CheckpointError } from '@diffir/core';

/**
 * A file behind an HTTP address, downloaded whole.
 * @throws CheckpointError when it cannot be had
 */
export async function downloadSource(url: URL): Promise<ByteSource> {
  const name = url.href;
  try {
    const response = await fetch(url);
    if (!response.ok) {
      throw new CheckpointError({
        subject: name,
        problem: `the server answers ${response.status} ${response.statusText}`.trimEnd(),
        remedy: 'check the address',
      });
    }
    return bytesSource(name, new Uint8Array(await response.arrayBuffer()));
  } catch (cause) {
    if (CheckpointError.isInstance(cause)) throw cause;
    throw new CheckpointError({
      subject: name,
      problem: 'cannot be downloaded',
      remedy: 'check the address and the network',
      cause,
    });
  }
}
