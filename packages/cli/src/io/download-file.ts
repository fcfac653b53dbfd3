import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CheckpointError, type PinnedUrl } from '@diffir/core';
import { describeFileError, fileErrorCode } from './file-errors';
import { makeFolder } from './make-folder';

/** How far a download is. */
export interface DownloadProgress {
  /** The address, without its checksum. */
  readonly href: string;
  /** What is there, with what an earlier download left. */
  readonly bytesDone: number;
  /** Undefined where the server does not say. */
  readonly bytesTotal: number | undefined;
  /** Whether no more comes, be it whole, broken off or aborted. */
  readonly ended: boolean;
}

export interface DownloadOptions {
  readonly signal?: AbortSignal;
  /** Called before the first and after every piece, and at the end; not for a file that is there already. */
  readonly onProgress?: (progress: DownloadProgress) => void;
}

/**
 * Downloads a file so that it is there whole or not at all. What a broken download left is taken up where the
 * server can (HTTP ranges) and the content is surely the same: pinned, or of the same strong ETag. A file that
 * is there already is not fetched again when it is pinned, or when the server says that it has not changed.
 * @throws CheckpointError when the file cannot be had, or is not what the address is pinned to
 * @throws the signal's reason when aborted; what has come stays, to go on from
 */
export async function downloadFile(
  url: PinnedUrl,
  path: string,
  options: DownloadOptions = {},
): Promise<void> {
  options.signal?.throwIfAborted();
  const isThere = (await sizeOf(path)) !== undefined;
  if (isThere && url.sha256 !== undefined) return;
  await makeFolder(dirname(path)).catch((cause: unknown) => failWriting(path, cause));
  const part = `${path}.part`;
  const tag = isThere ? await readTag(path) : undefined;
  const response = await request(
    url,
    tag === undefined ? await resumption(url, part) : { 'if-none-match': tag },
    options,
  );
  if (isThere && response.status === 304) return;
  await receive(response, { url, part, ...options });
  if (url.sha256 !== undefined) await assertHash(part, url, options);
  await rename(part, path);
  await moveTag(part, path);
}

/** Headers that ask for what is missing of a download that broke off. */
async function resumption({ sha256 }: PinnedUrl, part: string): Promise<Record<string, string>> {
  const size = await sizeOf(part);
  if (size === undefined || size === 0) return {};
  const range = { range: `bytes=${size}-` };
  if (sha256 !== undefined) return range;
  const tag = await readTag(part);
  return tag?.startsWith('"') === true ? { ...range, 'if-range': tag } : {};
}

async function request(
  { href }: PinnedUrl,
  headers: Record<string, string>,
  { signal }: DownloadOptions,
): Promise<Response> {
  const response = await fetch(href, { headers, ...(signal && { signal }) }).catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw new CheckpointError({
      subject: href,
      problem: 'cannot be downloaded',
      remedy: 'check the address and the network',
      cause,
    });
  });
  // What is left of an earlier download is as long as the file, or longer: of no use.
  if (response.status === 416 && headers.range !== undefined)
    return request({ href }, {}, { ...(signal && { signal }) });
  if (response.ok || response.status === 304) return response;
  throw new CheckpointError({
    subject: href,
    problem: `the server answers ${response.status} ${response.statusText}`.trimEnd(),
    remedy: 'check the address',
  });
}

interface Receiving extends DownloadOptions {
  readonly url: PinnedUrl;
  readonly part: string;
}

async function receive(response: Response, receiving: Receiving): Promise<void> {
  const { url, part } = receiving;
  const { start, total } = extentOf(response);
  const before = start === 0 ? 0 : ((await sizeOf(part)) ?? 0);
  if (before !== start) {
    await discard(part);
    throw new CheckpointError({
      subject: url.href,
      problem: 'the server sends another part than the one asked for',
      remedy: 'try again',
    });
  }
  if (start === 0) await writeTag(part, response.headers.get('etag'));
  const size = await receiveBody(response, { start, total }, receiving);
  if (total !== undefined && size < total) throw brokenOff(url.href, { size, total, cause: undefined });
}

/** Appends what comes to what there is. @returns how long that is then */
async function receiveBody(
  response: Response,
  { start, total }: Extent,
  { url: { href }, part, signal, onProgress }: Receiving,
): Promise<number> {
  const file = await open(part, start === 0 ? 'w' : 'a').catch((cause: unknown) => failWriting(part, cause));
  let size = start;
  const tell = (ended: boolean) => onProgress?.({ href, bytesDone: size, bytesTotal: total, ended });
  try {
    tell(false);
    for await (const piece of pieces(response)) {
      signal?.throwIfAborted();
      await file.write(piece).catch((cause: unknown) => failWriting(part, cause));
      size += piece.length;
      tell(false);
    }
    await file.sync();
  } catch (cause) {
    signal?.throwIfAborted();
    if (CheckpointError.isInstance(cause)) throw cause;
    throw brokenOff(href, { size, total, cause });
  } finally {
    await file.close();
    tell(true);
  }
  return size;
}

async function* pieces({ body }: Response): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  try {
    for (let next = await reader?.read(); next?.value !== undefined; next = await reader?.read())
      yield next.value;
  } finally {
    // A connection left open would keep the process from ending.
    await reader?.cancel();
  }
}

interface Extent {
  readonly start: number;
  /** Length of the whole file, where the server says. */
  readonly total: number | undefined;
}

function extentOf({ status, headers }: Response): Extent {
  if (status === 206) {
    const [, start, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '') ?? [];
    return { start: Number(start), total: total === undefined || total === '*' ? undefined : Number(total) };
  }
  const length = headers.get('content-encoding') === null ? headers.get('content-length') : null;
  return { start: 0, total: length === null ? undefined : Number(length) };
}

interface Broken {
  readonly size: number;
  readonly total: number | undefined;
  readonly cause: unknown;
}

function brokenOff(subject: string, { size, total, cause }: Broken): CheckpointError {
  const of = total === undefined ? '' : ` of ${total}`;
  return new CheckpointError({
    subject,
    problem: `the download broke off after ${size}${of} bytes`,
    remedy: 'try again: it goes on from there if the server can',
    cause,
  });
}

async function assertHash(
  part: string,
  { href, sha256 }: PinnedUrl,
  { signal }: DownloadOptions,
): Promise<void> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(part)) {
    signal?.throwIfAborted();
    hash.update(piece);
  }
  const found = hash.digest('hex');
  if (found === sha256) return;
  await discard(part);
  throw new CheckpointError({
    subject: href,
    problem: `its SHA-256 is ${found} and should be ${sha256}`,
    remedy: 'try again, and if that does not help, do not use this file',
  });
}

async function sizeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ size }) => size,
    (error: unknown) => {
      if (fileErrorCode(error) === 'ENOENT') return undefined;
      return failWriting(path, error);
    },
  );
}

const tagPath = (path: string) => `${path}.etag`;

async function readTag(path: string): Promise<string | undefined> {
  return readFile(tagPath(path), 'utf8').catch((error: unknown) => {
    if (fileErrorCode(error) === 'ENOENT') return undefined;
    return failWriting(path, error);
  });
}

async function writeTag(path: string, tag: string | null): Promise<void> {
  if (tag === null) await rm(tagPath(path), { force: true });
  else await writeFile(tagPath(path), tag).catch((cause: unknown) => failWriting(path, cause));
}

async function moveTag(from: string, to: string): Promise<void> {
  const tag = await readTag(from);
  await writeTag(to, tag ?? null);
  await rm(tagPath(from), { force: true });
}

async function discard(part: string): Promise<void> {
  await rm(part, { force: true });
  await rm(tagPath(part), { force: true });
}

function failWriting(subject: string, cause: unknown): never {
  throw new CheckpointError({
    subject,
    problem: `a download cannot be kept there: ${describeFileError(cause)}`,
    remedy: 'set DIFFIR_CACHE to a folder that can be written',
    cause,
  });
}
