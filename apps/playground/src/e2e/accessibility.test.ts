import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeBrowser } from '../../../../tools/optional-suites';
import { type PageServer, servePage } from './page-server';
import { chooseCheckpoint, dropPhoto, launchChromium, openPlayground, restore } from './playground-page';
import { testPhoto } from './test-photos';

const desktop = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

describeBrowser('the page is usable by everybody', () => {
  let server: PageServer;
  let browser: Browser;

  beforeAll(async () => {
    [server, browser] = await Promise.all([servePage(), launchChromium({ webgpu: false })]);
  });
  afterAll(async () => {
    server?.close();
    await browser?.close();
  });

  it.each([
    ['light, on a desktop', { ...desktop, colorScheme: 'light' }],
    ['dark, on a desktop', { ...desktop, colorScheme: 'dark' }],
    ['light, on a phone', { ...phone, colorScheme: 'light' }],
    ['dark, on a phone', { ...phone, colorScheme: 'dark' }],
  ] as const)('axe finds nothing serious: %s', { timeout: 120_000 }, async (_, options) => {
    const { page, close } = await openPlayground(browser, server.url, options);
    expect(await violations(page)).toEqual([]);
    await dropPhoto(page, await testPhoto(64, 64));
    await page.getByText('Advanced').click();
    await restore(page);
    expect(await violations(page)).toEqual([]);
    await page.getByText('Fill in').click();
    await page.getByText('Rectangle by numbers').click();
    await page.getByRole('button', { name: 'Mark rectangle' }).click();
    await chooseCheckpoint(page, { name: 'bad.pth', buffer: Buffer.from('bad') });
    await expect(restore(page)).rejects.toThrow();
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
    await close();
  });

  it('is worked by keyboard alone: photo, start, divider, zoom', async () => {
    const { page, close } = await openPlayground(browser, server.url, desktop);
    await tabTo(page, 'Try the example');
    await page.keyboard.press('Enter');
    await page.getByRole('img', { name: /^Your photo/ }).waitFor();
    await dropPhoto(page, await testPhoto(64, 64));
    await tabTo(page, 'Restore');
    await page.keyboard.press('Enter');
    await page.getByRole('img', { name: 'After: restored' }).waitFor();
    expect(await page.getByRole('status').allTextContents()).toContain(
      'Restored. The result is ready to compare and to download.',
    );
    await tabTo(page, 'Divider between before and after');
    const place = () => page.getByRole('slider', { name: /Divider/ }).boundingBox();
    const before = await place();
    await page.keyboard.press('ArrowLeft');
    await page.waitForTimeout(300);
    expect((await place())?.x).toBeLessThan(before?.x ?? 0);
    await tabTo(page, 'Download');
    await close();
  });
});

/** A page that axe's source was put into. */
interface WithAxe extends Window {
  readonly axe?: Pick<typeof axe, 'run'>;
}

/** What axe finds that is serious or worse, one line each. */
async function violations(page: Page): Promise<string[]> {
  // What fades in is measured when it is there.
  await page.waitForTimeout(300);
  await page.evaluate(axe.source);
  expect(await page.evaluate(() => typeof (window as WithAxe).axe?.run)).toBe('function');
  const found = await page.evaluate(async () => {
    return (await (window as WithAxe).axe?.run())?.violations ?? [];
  });
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** Presses Tab until something of this name has the focus. @throws when nothing has */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    if ((await focused.count()) === 0) continue;
    const label = await focused.evaluate(
      (element) => element.getAttribute('aria-label') ?? element.textContent,
    );
    if (label === name) return;
  }
  throw new Error(`Tab never comes to "${name}"`);
}
