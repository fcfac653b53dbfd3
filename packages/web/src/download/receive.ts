import { CheckpointError } from '@diffir/core';
import type { DownloadOptions } from './download-model';

interface ReceiveOptions extends DownloadOptions {
  /** What the browser's own cache is for. */
  readonly cache?: RequestCache;
}

/**
 * Fetches a file, telling how it comes in.
 * @throws CheckpointError naming the address, when the server refuses or the download breaks off
 */
export async function receive(
  href: string,
  { signal, onProgress, bytes, cache = 'default' }: ReceiveOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const response = await request(href, { cache, ...(signal && { signal }) });
  const totalBytes = bytes ?? contentLength(response);
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let receivedBytes = 0;
  const report = () => onProgress?.({ receivedBytes, ...(totalBytes !== undefined && { totalBytes }) });
  report();
  const reader = response.body?.getReader();
  try {
    for (let next = await reader?.read(); next?.value !== undefined; next = await reader?.read()) {
      pieces.push(next.value);
      receivedBytes += next.value.length;
      report();
    }
  } catch (cause) {
    signal?.throwIfAborted();
    const of = totalBytes === undefined ? '' : ` of ${totalBytes}`;
    throw new CheckpointError({
      subject: href,
      problem: `the download broke off after ${receivedBytes}${of} bytes`,
      remedy: 'try again',
      cause,
    });
  }
  return joined(pieces, receivedBytes);
}

async function request(href: string, init: RequestInit): Promise<Response> {
  const response = await fetch(href, init).catch((cause: unknown) => {
    init.signal?.throwIfAborted();
    throw new CheckpointError({
      subject: href,
      problem: 'cannot be downloaded',
      remedy: 'check the address, the network, and that its server lets other sites read it (CORS)',
      cause,
    });
  });
  if (response.ok) return response;
  throw new CheckpointError({
    subject: href,
    problem: `the server answers ${response.status} ${response.statusText}`.trimEnd(),
    remedy: 'check the address',
  });
}

/** The content's length, where it comes as it is. */
function contentLength({ headers }: Response): number | undefined {
  const length = headers.get('content-encoding') === null ? headers.get('content-length') : null;
  return length === null ? undefined : Number(length);
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}
