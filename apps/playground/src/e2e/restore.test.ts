import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeBrowser } from '../../../../tools/optional-suites';
import { nodeResult } from './node-result';
import { type PageServer, servePage } from './page-server';
import { download, dropPhoto, launchChromium, openPlayground, restore } from './playground-page';
import { largestDifference, testPhoto } from './test-photos';

describeBrowser('restoring a photo on the page', () => {
  let server: PageServer;
  let browser: Browser;

  beforeAll(async () => {
    [server, browser] = await Promise.all([servePage(), launchChromium({ webgpu: false })]);
  });
  afterAll(async () => {
    server?.close();
    await browser?.close();
  });

  it('without WebGPU gives what Node gives, and sends nothing', { timeout: 120_000 }, async () => {
    const photo = await testPhoto(96, 64);
    const { page, errors, requests, close } = await openPlayground(browser, server.url);
    await dropPhoto(page, photo);
    await restore(page);
    expect(await page.getByRole('definition').allTextContents()).toEqual(
      expect.arrayContaining(['96 × 64', 'deblur-small', 'wasm']),
    );
    const saved = await download(page);
    expect(saved.name).toBe('bakery-restored.png');
    // A value between two levels may fall either way where single precision rounds differently.
    const expected = nodeResult({ photo, model: 'deblur-small' });
    expect(await largestDifference(saved.path, expected)).toBeLessThanOrEqual(1);
    expect(errors).toEqual([]);
    const elsewhere = requests.filter((request) => !/^GET (blob:)?http:\/\/127\.0\.0\.1:\d+\//.test(request));
    expect(elsewhere).toEqual([]);
    await close();
  });

  it('says why the graphics card does not, when it is asked for', async () => {
    const { page, errors, close } = await openPlayground(browser, server.url);
    await dropPhoto(page, await testPhoto(64, 64));
    await page.getByText('Advanced').click();
    await page.getByLabel('Compute with').selectOption('webgpu');
    await page.waitForURL((url) => url.search === '?backend=webgpu');
    await expect(restore(page)).rejects.toThrow(/This browser can’t compute that way/);
    await page.getByLabel('Compute with').selectOption('auto');
    await restore(page);
    expect(errors).toEqual([]);
    await close();
  });

  it('is cancelled midway, and restores the next one', { timeout: 120_000 }, async () => {
    const { page, errors, close } = await openPlayground(browser, `${server.url}?backend=wasm`);
    await page.getByRole('button', { name: 'Try the example' }).click();
    await page.getByRole('button', { name: 'Restore', exact: true }).click();
    const progress = page.getByRole('progressbar', { name: 'Restoring' });
    await progress.waitFor();
    // Nothing is known of the first tile until it is done.
    expect(await progress.getAttribute('aria-valuenow')).toBeNull();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('status').getByText('Cancelled.').waitFor({ state: 'attached', timeout: 2000 });
    const button = page.getByRole('button', { name: 'Restore', exact: true });
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    await dropPhoto(page, await testPhoto(64, 64, 'next.png'));
    await restore(page);
    expect((await download(page)).name).toBe('next-restored.png');
    expect(errors).toEqual([]);
    await close();
  });
});
