import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import type { ByteSource } from '@diffir/core';
import { cacheFolder } from './cache-folder';
import { downloadFile } from './download-file';
import { openFileSource } from './file-source';
import { type PinnedUrl, pinnedUrl } from './pinned-url';

/**
 * A file behind an HTTP address, which may pin its content (see `pinnedUrl`). It is downloaded once and kept.
 * @param folder where downloads are kept
 * @throws CheckpointError when it cannot be had, or is not what the address is pinned to
 */
export async function downloadSource(url: URL, folder = cacheFolder()): Promise<ByteSource> {
  const pinned = pinnedUrl(url);
  const path = join(folder, 'models', fileName(pinned));
  await downloadFile(pinned, path);
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
