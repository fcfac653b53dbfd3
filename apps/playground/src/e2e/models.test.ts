import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeBrowser } from '../../../../tools/optional-suites';
import { describeShared, sharedPath } from '../../../../tools/shared';
import { nodeResult } from './node-result';
import { type PageServer, servePage } from './page-server';
import {
  chooseCheckpoint,
  download,
  dropPhoto,
  launchChromium,
  openPlayground,
  restore,
} from './playground-page';
import { largestDifference, testPhoto } from './test-photos';

describeBrowser('a model that is not what it should be', () => {
  let server: PageServer;
  let browser: Browser;

  beforeAll(async () => {
    [server, browser] = await Promise.all([servePage(), launchChromium({ webgpu: false })]);
  });
  afterAll(async () => {
    server?.close();
    await browser?.close();
  });

  it('is told in plain words when it is a file, and the page goes on', async () => {
    const { page, errors, close } = await openPlayground(browser, server.url);
    await dropPhoto(page, await testPhoto(64, 64));
    await chooseCheckpoint(page, { name: 'holiday.pth', buffer: Buffer.from('no weights in here') });
    await expect(restore(page)).rejects.toThrow(/This model file can’t be read.*holiday\.pth/);
    await page.getByRole('combobox', { name: 'Model' }).selectOption('deblur-small');
    await restore(page);
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(errors).toEqual([]);
    await close();
  });

  it.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['another file', (bytes: Buffer) => Buffer.alloc(bytes.length, 1)],
  ])('is noticed when the server sends it %s, and used once it is right', async (_, change) => {
    const { page, errors, close } = await openPlayground(browser, server.url);
    await dropPhoto(page, await testPhoto(64, 64));
    server.tamper('.safetensors', change);
    await expect(restore(page)).rejects.toThrow(/This model file can’t be read.*deblur-small/);
    server.tamper('.safetensors');
    await restore(page);
    expect(errors).toEqual([]);
    await close();
  });

  describeShared('from an address', () => {
    const file = sharedPath('parity', 'deblur-tiny', 'stage2.pth');

    it('is told when it is missing, and used where it is right', async () => {
      const photo = await testPhoto(64, 64);
      const good = server.offer('good.pth', await readFile(file));
      const missing = `${server.url}missing.pth`;
      const { page, errors, close } = await openPlayground(
        browser,
        `${server.url}?model=${encodeURIComponent(missing)}`,
      );
      await dropPhoto(page, photo);
      await expect(restore(page)).rejects.toThrow(/missing\.pth.*404/);
      await page.getByLabel('Address of the checkpoint').fill(good);
      await page.waitForURL((url) => url.searchParams.get('model') === good);
      await restore(page);
      const expected = nodeResult({ photo, model: file });
      expect(await largestDifference((await download(page)).path, expected)).toBeLessThanOrEqual(1);
      // The browser itself notes the address that is missing.
      expect(errors.filter((error) => !error.includes('404'))).toEqual([]);
      await close();
    });

    it('enlarges, and before and after lie over each other', async () => {
      const photo = await testPhoto(48, 32);
      const { page, errors, close } = await openPlayground(browser, `${server.url}?task=sr`);
      await dropPhoto(page, photo);
      const upscaler = sharedPath('parity', 'srgan-x4-tiny', 'stage2.pth');
      await chooseCheckpoint(page, { name: 'x4.pth', buffer: await readFile(upscaler) });
      await restore(page);
      expect(await page.getByRole('definition').allTextContents()).toContain('192 × 128');
      const places = () =>
        Promise.all(
          [/^Before/, /^After/].map((name) => page.getByRole('img', { name }).first().boundingBox()),
        );
      const [before, after] = await places();
      expect(after).toEqual(before);
      await page.getByRole('button', { name: 'Zoom in' }).click();
      await page.waitForFunction(() => document.querySelector('[data-squares]') !== null);
      await page.waitForTimeout(500);
      const [zoomedBefore, zoomedAfter] = await places();
      expect(zoomedAfter).toEqual(zoomedBefore);
      expect(zoomedAfter?.width).toBeGreaterThan(after?.width ?? Number.POSITIVE_INFINITY);
      expect(errors).toEqual([]);
      await close();
    });
  });
});
