import { type ByteSource, bytesSource, CheckpointError, type PinnedUrl, pinnedUrl } from '@diffir/core';
import type { CallHooks } from '../engine/engine';
import type { DownloadProgress } from '../restorer/options';
import { cachedModel, forgetModel, keepModel } from './model-cache';
import { receive } from './receive';
import { sha256 } from './sha256';

export interface DownloadOptions extends CallHooks<DownloadProgress> {
  /** Size that the file must have, where it is known. */
  readonly bytes?: number;
}

/**
 * A checkpoint from an address, which may pin its content (`#sha256=…`). What is pinned and right is kept in
 * the browser's cache and checked again when it is taken from there; nothing else is kept.
 * @throws CheckpointError naming the address, when it cannot be had or is not what it should be
 */
export async function downloadModel(url: URL, options: DownloadOptions = {}): Promise<ByteSource> {
  const pinned = pinnedUrl(url);
  const bytes = (await fromCache(pinned, options)) ?? (await fromNetwork(pinned, options));
  return bytesSource(pinned.href, bytes);
}

async function fromCache(
  { href, sha256: expected }: PinnedUrl,
  { onProgress }: DownloadOptions,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (expected === undefined) return undefined;
  const bytes = await cachedModel(href, expected);
  if (bytes === undefined) return undefined;
  if ((await sha256(bytes)) !== expected) {
    await forgetModel(href);
    return undefined;
  }
  onProgress?.({ receivedBytes: bytes.length, totalBytes: bytes.length });
  return bytes;
}

async function fromNetwork(
  { href, sha256: expected }: PinnedUrl,
  options: DownloadOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  // A wrong file must not come back from the browser's own cache, and a right one is kept here.
  const bytes = await receive(href, { ...options, cache: expected === undefined ? 'default' : 'no-store' });
  if (options.bytes !== undefined && bytes.length !== options.bytes) {
    throw new CheckpointError({
      subject: href,
      problem: `it has ${bytes.length} bytes and should have ${options.bytes}`,
      remedy: 'the download was cut short or another file lies there; try again',
    });
  }
  if (expected === undefined) return bytes;
  const found = await sha256(bytes);
  if (found !== expected) {
    throw new CheckpointError({
      subject: href,
      problem: `its SHA-256 is ${found} and should be ${expected}`,
      remedy: 'the download was damaged or another file lies there; try again, or do not use it',
    });
  }
  await keepModel(href, expected, bytes);
  return bytes;
}
