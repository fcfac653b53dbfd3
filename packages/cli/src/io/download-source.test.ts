import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { CheckpointError } from '@diffir/core';
import { afterEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder';
import { cacheFolder } from './cache-folder';
import type { DownloadProgress } from './download-file';
import { downloadSource } from './download-source';

const folder = temporaryFolder();
const content = Uint8Array.from({ length: 100_000 }, (_, index) => (index * index) % 251);
const sha256 = createHash('sha256').update(content).digest('hex');

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A server that gives each request its own answer, and notes what was asked. */
async function serve(...answers: Answer[]) {
  const ranges: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    ranges.push(request.headers.range);
    const answer = answers[ranges.length - 1];
    if (answer === undefined) response.writeHead(500).end();
    else answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { ranges, url: (fragment = '') => new URL(`http://127.0.0.1:${port}/model.safetensors${fragment}`) };
}

const whole: Answer = (_, response) => {
  response.writeHead(200, { 'content-length': content.length, etag: '"v1"' }).end(content);
};

/** Sends some of it and breaks the connection. */
const cut: Answer = (_, response) => {
  response.writeHead(200, { 'content-length': content.length, etag: '"v1"' });
  response.write(content.subarray(0, 60_000), () => setTimeout(() => response.destroy(), 50));
};

const rest: Answer = (request, response) => {
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1]);
  const range = `bytes ${start}-${content.length - 1}/${content.length}`;
  response.writeHead(206, { 'content-range': range }).end(content.subarray(start));
};

async function read(url: URL): Promise<Uint8Array> {
  const source = await downloadSource(url, { folder: folder.path });
  const bytes = await source.read(0, source.size);
  await source.close?.();
  return bytes;
}

async function failure(url: URL): Promise<CheckpointError> {
  const error = await downloadSource(url, { folder: folder.path }).catch((reason: unknown) => reason);
  if (!CheckpointError.isInstance(error)) expect.fail('a CheckpointError is thrown');
  return error;
}

const kept = () => readdir(join(folder.path, 'models'));

describe('downloadSource', () => {
  it('downloads a pinned file once', async () => {
    const { url, ranges } = await serve(whole);
    expect(await read(url(`#sha256=${sha256}`))).toEqual(content);
    expect(await read(url(`#sha256=${sha256.toUpperCase()}`))).toEqual(content);
    expect(ranges).toHaveLength(1);
  });

  it('goes on where a download broke off', async () => {
    const { url, ranges } = await serve(cut, rest);
    const pinned = url(`#sha256=${sha256}`);
    expect((await failure(pinned)).message).toMatch(/broke off after \d+ of 100000 bytes; try again/);
    expect(await kept()).not.toContainEqual(expect.stringMatching(/\.safetensors$/));
    expect(await read(pinned)).toEqual(content);
    expect(ranges[0]).toBeUndefined();
    expect(ranges[1]).toMatch(/^bytes=[1-9]\d*-$/);
  });

  it('starts again where the server knows no ranges, or has another file by now', async () => {
    const { url } = await serve(cut, whole);
    await failure(url());
    expect(await read(url())).toEqual(content);
  });

  it('asks for the rest of a file that is not pinned only if it is the same', async () => {
    const asked: unknown[] = [];
    const { url } = await serve(cut, (request, response) => {
      asked.push(request.headers['if-range']);
      rest(request, response);
    });
    await failure(url());
    expect(await read(url())).toEqual(content);
    expect(asked).toEqual(['"v1"']);
  });

  it('starts again where what was left is longer than the file', async () => {
    const beyond: Answer = (_, response) => response.writeHead(416).end();
    const { url, ranges } = await serve(cut, beyond, whole);
    const pinned = url(`#sha256=${sha256}`);
    await failure(pinned);
    expect(await read(pinned)).toEqual(content);
    expect(ranges[2]).toBeUndefined();
  });

  it('keeps nothing that has another checksum', async () => {
    const { url } = await serve(whole);
    const { message } = await failure(url(`#sha256=${'0'.repeat(64)}`));
    expect(message).toMatch(
      new RegExp(`^http://[^#\n]+: its SHA-256 is ${sha256} and should be 0{64}; [^\n]+$`),
    );
    expect(await kept()).toEqual([]);
  });

  it('fetches a file that is not pinned again only when it has changed', async () => {
    const other = content.map((value) => value + 1);
    const unchanged: Answer = (request, response) => {
      response.writeHead(request.headers['if-none-match'] === '"v1"' ? 304 : 500).end();
    };
    const changed: Answer = (_, response) => void response.writeHead(200, { etag: '"v2"' }).end(other);
    const { url } = await serve(whole, unchanged, changed);
    expect(await read(url())).toEqual(content);
    expect(await read(url())).toEqual(content);
    expect(await read(url())).toEqual(other);
  });

  it('says in one line what the server answers, and what is no checksum', async () => {
    const { url } = await serve((_, response) => response.writeHead(404).end());
    expect((await failure(url())).message).toMatch(
      /^http:\S+: the server answers 404 Not Found; check the address$/,
    );
    expect((await failure(url('#sha256=abc'))).message).toMatch(/"abc" is no SHA-256/);
    expect((await failure(new URL('http://127.0.0.1:1/x'))).message).toMatch(/cannot be downloaded; check/);
  });

  it('says where a download cannot be kept', async () => {
    const { url } = await serve(whole);
    const file = folder.file('file');
    await writeFile(file, 'x');
    await expect(downloadSource(url(), { folder: file })).rejects.toThrow(
      /cannot be kept there: .*; set DIFFIR_CACHE/,
    );
    expect(await readFile(file, 'utf8')).toBe('x');
  });
});

/** Sends some of it, and then nothing more. */
const stalled: Answer = (_, response) => {
  response.writeHead(200, { 'content-length': content.length, etag: '"v1"' });
  response.write(content.subarray(0, 60_000));
};

describe('downloadSource under way', () => {
  it('tells how far it is, from what was there to the end', async () => {
    const { url } = await serve(cut, rest);
    const pinned = url(`#sha256=${sha256}`);
    const told: DownloadProgress[][] = [];
    for (const _ of ['cut', 'rest']) {
      const run: DownloadProgress[] = [];
      told.push(run);
      const source = downloadSource(pinned, { folder: folder.path, onProgress: (each) => run.push(each) });
      await source.then(
        ({ close }) => close?.(),
        () => {},
      );
    }
    const [broken = [], whole = []] = told;
    expect(broken[0]).toEqual({ href: url().href, bytesDone: 0, bytesTotal: 100_000, ended: false });
    expect(broken.at(-1)).toMatchObject({ bytesDone: expect.any(Number), ended: true });
    expect(whole[0]?.bytesDone).toBe(broken.at(-1)?.bytesDone);
    expect(whole[0]?.bytesDone).toBeGreaterThan(0);
    expect(whole.at(-1)).toMatchObject({ bytesDone: 100_000, bytesTotal: 100_000, ended: true });
    expect(whole.filter(({ ended }) => ended)).toHaveLength(1);
    const bytes = whole.map(({ bytesDone }) => bytesDone);
    expect(bytes).toEqual([...bytes].sort((a, b) => a - b));
  });

  it('stops at once when aborted, and goes on later from what has come', async () => {
    const { url, ranges } = await serve(stalled, rest);
    const pinned = url(`#sha256=${sha256}`);
    const aborting = new AbortController();
    const reason = new Error('enough');
    const onProgress = ({ bytesDone }: DownloadProgress) => {
      if (bytesDone >= 60_000) aborting.abort(reason);
    };
    const options = { folder: folder.path, signal: aborting.signal, onProgress };
    // The answer never ends, so that waiting for it would run out of the test's time.
    await expect(downloadSource(pinned, options)).rejects.toBe(reason);
    expect(await kept()).toContainEqual(expect.stringMatching(/\.part$/));
    expect(await kept()).not.toContainEqual(expect.stringMatching(/\.safetensors$/));
    expect(await read(pinned)).toEqual(content);
    expect(ranges[1]).toBe('bytes=60000-');
  });

  it('stops while the server has not answered yet, and asks nothing when aborted before', async () => {
    const aborting = new AbortController();
    const { url, ranges } = await serve(() => setTimeout(() => aborting.abort(), 20));
    const options = { folder: folder.path, signal: aborting.signal };
    await expect(downloadSource(url(), options)).rejects.toMatchObject({ name: 'AbortError' });
    await expect(downloadSource(url(), options)).rejects.toMatchObject({ name: 'AbortError' });
    expect(ranges).toHaveLength(1);
  });
});

describe('cacheFolder', () => {
  it('is DIFFIR_CACHE, else below XDG_CACHE_HOME, else below the home folder', () => {
    expect(cacheFolder({ DIFFIR_CACHE: '/a', XDG_CACHE_HOME: '/b' })).toBe('/a');
    expect(cacheFolder({ DIFFIR_CACHE: '', XDG_CACHE_HOME: '/b' })).toBe(join('/b', 'diffir'));
    expect(cacheFolder({ XDG_CACHE_HOME: 'relative' })).toMatch(/\.cache.diffir$/);
  });
});
