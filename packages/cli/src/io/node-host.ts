import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ByteSource, Host } from '@diffir/core';
import type { DownloadOptions } from './download-file';
import { downloadSource } from './download-source';
import { openFileSource } from './file-source';

/**
 * What Node lends the core: files, and URLs by download.
 * @param cwd folder that relative paths start from
 * @param downloads what ends downloads, and who is told how far they are
 */
export function nodeHost(cwd = process.cwd(), downloads: DownloadOptions = {}): Host {
  return { openSource: (location) => openLocation(location, { cwd, downloads }) };
}

interface HostOptions {
  readonly cwd: string;
  readonly downloads: DownloadOptions;
}

function openLocation(location: string | URL, { cwd, downloads }: HostOptions): Promise<ByteSource> {
  const url = toUrl(location);
  if (url === undefined) return openFileSource(pathFrom(cwd, String(location)));
  return url.protocol === 'file:' ? openFileSource(fileURLToPath(url)) : downloadSource(url, downloads);
}

/** A URL, unless it is a path; `C:\model.pth` is one. */
function toUrl(location: string | URL): URL | undefined {
  if (location instanceof URL) return location;
  return /^(https?|file):\/\//i.test(location) ? new URL(location) : undefined;
}

/** As short as it was given where that leads there: errors show it. */
function pathFrom(cwd: string, path: string): string {
  return cwd === process.cwd() ? path : resolve(cwd, path);
}
