import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { type ByteSource, type PinnedUrl, pinnedUrl } from '@diffir/core';
import { cacheFolder } from './cache-folder';
import { type DownloadOptions, downloadFile } from './download-file';
import { openFileSource } from './file-source';

interface DownloadSourceOptions extends DownloadOptions {
  /** Where downloads are kept; default: `cacheFolder`. */
  readonly folder?: string;
}

/**
 * A file behind an HTTP address, which may pin its content (see `pinnedUrl`). It is downloaded once and kept.
 * @throws CheckpointError when it cannot be had, or is not what the address is pinned to
 * @throws the signal's reason when aborted
 */
export async function downloadSource(
  url: URL,
  { folder = cacheFolder(), ...options }: DownloadSourceOptions = {},
): Promise<ByteSource> {
  const pinned = pinnedUrl(url);
  const path = join(folder, 'models', fileName(pinned));
  await downloadFile(pinned, path, options);
  return { ...(await openFileSource(path)), name: pinned.href };
}

const SHORT_HASH = 16;

/** A name that differs for different contents and addresses, and says what it is. */
function fileName({ href, sha256 }: PinnedUrl): string {
  const id = sha256 ?? createHash('sha256').update(href).digest('hex');
  const readable = basename(new URL(href).pathname)
    .replace(/[^\w.-]+/g, '_')
    .slice(-80);
  return `${id.slice(0, SHORT_HASH)}-${readable}`;
}
