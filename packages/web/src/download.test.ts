import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { BrowserPage } from '../../../tools/browser';
import { describeBrowser } from '../../../tools/optional-suites';
import { describeShared, sharedPath } from '../../../tools/shared';
import { openWebPage } from './testing/open-web-page';
import type * as downloading from './testing/page/downloading';
import { restoreInNode } from './testing/restore-in-node';
import { largestDifference, type PlainImage, testImage } from './testing/test-image';
import { tinyModel } from './testing/tiny-model';

type Opened = Awaited<ReturnType<typeof downloading.open>>;

describeBrowser('a model from an address', () => {
  let page: BrowserPage;
  let model: Buffer;
  let sha256: string;
  /** What the server does when it is asked for the model. */
  let serveModel: (response: ServerResponse) => void;
  let served = 0;

  const whole = (response: ServerResponse) => response.setHeader('Content-Length', model.length).end(model);

  beforeAll(async () => {
    model = await tinyModel();
    sha256 = createHash('sha256').update(model).digest('hex');
    page = await openWebPage('downloading', {
      respond(path, response) {
        if (path !== '/models/tiny.safetensors') return false;
        served++;
        serveModel(response);
        return true;
      },
    });
  });
  afterAll(() => page?.close());
  beforeEach(async () => {
    serveModel = whole;
    served = 0;
    await page.page.evaluate(`caches.delete('diffir-models')`);
  });

  const url = 'models/tiny.safetensors';
  const open = (given: Parameters<typeof downloading.open>[0]) => page.call<Opened>('open', given);

  it('tells how it comes in', async () => {
    serveModel = async (response) => {
      response.setHeader('Content-Length', model.length);
      for (let start = 0; start < model.length; start += model.length / 4) {
        response.write(model.subarray(start, start + model.length / 4));
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      response.end();
    };
    const { progress, ...rest } = await open(url);
    expect(rest).toEqual({ kept: [] });
    const received = progress.map(({ receivedBytes }) => receivedBytes);
    expect(received.length).toBeGreaterThan(3);
    expect(received).toEqual([...received].sort((a, b) => a - b));
    expect([received[0], received.at(-1)]).toEqual([0, model.length]);
    expect(new Set(progress.map(({ totalBytes }) => totalBytes))).toEqual(new Set([model.length]));
  });

  it('is kept when its checksum is right, and not asked for again', async () => {
    expect(await open({ url, sha256 })).toMatchObject({ kept: ['/models/tiny.safetensors'] });
    expect(served).toBe(1);
    serveModel = (response) => response.destroy();
    const { progress } = await open(`${url}#sha256=${sha256}`);
    expect(progress).toEqual([{ receivedBytes: model.length, totalBytes: model.length }]);
    expect(served).toBe(1);
    // Without a checksum nobody knows whether it is still the same.
    serveModel = whole;
    await open(url);
    expect(served).toBe(2);
  });

  it('is checked again when it comes from the cache', async () => {
    await open({ url, sha256 });
    await page.call('tamper');
    expect(await open({ url, sha256 })).not.toHaveProperty('message');
    expect(served).toBe(2);
  });

  it('is refused and not kept when it is another, and taken once it is right', async () => {
    serveModel = (response) => {
      response.setHeader('Cache-Control', 'max-age=3600');
      response.end(Buffer.concat([model.subarray(0, -1), Buffer.of(7)]));
    };
    const address = `http://127.0.0.1:${new URL(page.page.url()).port}/models/tiny.safetensors`;
    expect(await open({ url, sha256 })).toMatchObject({
      typed: true,
      kept: [],
      message: expect.stringMatching(
        new RegExp(`^${address}: its SHA-256 is [0-9a-f]{64} and should be ${sha256}; [^\\n]+$`),
      ),
    });
    serveModel = whole;
    expect(await open({ url, sha256 })).toMatchObject({ kept: ['/models/tiny.safetensors'] });
  });

  it.each([
    [
      'shorter than the server said',
      { 'Content-Length': 200_000 },
      /: the download broke off after \d+ of 200000 bytes; try again$/,
    ],
    ['shorter than it should be', {}, /: it has 1000 bytes and should have 200000; /],
  ])('is refused when it is %s', async (_, headers, message) => {
    serveModel = (response) => {
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      response.write(model.subarray(0, 1000));
      setTimeout(() => ('Content-Length' in headers ? response.destroy() : response.end()), 100);
    };
    const refused = await open({ url, bytes: 200_000 });
    expect(refused).toMatchObject({ typed: true, kept: [], message: expect.stringMatching(message) });
    serveModel = whole;
    expect(await open({ url, bytes: model.length })).not.toHaveProperty('message');
  });

  it('is refused without any checksum when it is cut short, is none, or is not there', async () => {
    const messages = [];
    for (const answer of [model.subarray(0, 1000), 'a page', undefined]) {
      serveModel = (response) =>
        answer === undefined ? response.writeHead(404).end() : response.end(answer);
      const refused = await open(url);
      expect(refused).toMatchObject({ typed: true, kept: [] });
      messages.push('message' in refused ? refused.message : '');
    }
    for (const message of messages) expect(message).toMatch(/^http:[^\n ]+tiny\.safetensors: [^\n]+$/);
    expect(messages[2]).toContain('the server answers 404 Not Found; check the address');
  });

  it('can be given up on the way', async () => {
    let closed = false;
    serveModel = (response) => {
      response.setHeader('Content-Length', model.length).write(model.subarray(0, 5000));
      response.on('close', () => {
        closed = true;
      });
    };
    expect(await page.call('abortDownload', url)).toBe('enough');
    await expect.poll(() => closed, { timeout: 10_000 }).toBe(true);
  });

  it.each(['mine.safetensors', 'deblur-small', ''])(
    'may be a file of the user, called "%s"',
    async (name) => {
      const image = testImage(24, 16);
      const restored = await page.call<PlainImage>('restoreWithFile', { address: url, name, image });
      expect(largestDifference(restored, await restoreInNode(model, image))).toBeLessThanOrEqual(1);
    },
  );

  describeShared("the reference implementation's .pth", () => {
    it('restores as in Node', async () => {
      const file = await readFile(sharedPath('parity', 'deblur-tiny', 'stage2.pth'));
      serveModel = (response) => response.end(file);
      const image = testImage(24, 16);
      const restored = await page.call<PlainImage>('restoreWithFile', {
        address: url,
        name: 'net.pth',
        image,
      });
      expect(largestDifference(restored, await restoreInNode(file, image))).toBeLessThanOrEqual(1);
    });
  });
});
