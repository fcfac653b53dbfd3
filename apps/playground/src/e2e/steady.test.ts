import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeBrowser } from '../../../../tools/optional-suites';
import { type PageServer, servePage } from './page-server';
import { dropPhoto, launchChromium, openPlayground, restore } from './playground-page';
import { testPhoto } from './test-photos';

describeBrowser('a page that is used for long', () => {
  let server: PageServer;
  let browser: Browser;

  beforeAll(async () => {
    [server, browser] = await Promise.all([servePage(), launchChromium({ webgpu: false })]);
  });
  afterAll(async () => {
    server?.close();
    await browser?.close();
  });

  it('answers at once while it restores', { timeout: 180_000 }, async () => {
    const longest: number[] = [];
    // Another program that has the processor makes any task look long, but not in every one of five runs,
    // each on a fresh page: model, worker and backend start in it.
    while (longest.length < 5 && Math.min(...longest) > 100) {
      const { page, close } = await openPlayground(browser, server.url);
      await dropPhoto(page, await testPhoto(128, 96));
      await watchLongTasks(page);
      await restore(page);
      longest.push(await longestTask(page));
      await close();
    }
    expect(Math.min(...longest)).toBeLessThanOrEqual(100);
  });

  it('holds after twenty photos what it held after the first', { timeout: 180_000 }, async () => {
    const { page, errors, close } = await openPlayground(browser, server.url);
    await countAddresses(page);
    await dropPhoto(page, await testPhoto(128, 128));
    await restore(page);
    const first = await holdings(page);
    for (let photo = 1; photo < 20; photo++) {
      await dropPhoto(page, await testPhoto(128, 128, `photo-${photo}.png`));
      await restore(page);
    }
    const last = await holdings(page);
    expect(last.tensors).toBe(first.tensors);
    expect(last.addresses).toBe(first.addresses);
    expect(last.nodes).toBeLessThanOrEqual(first.nodes + SPARE_NODES);
    // A single result is 49 kB of samples; nineteen that stay would be 930 kB.
    expect(last.samples - first.samples).toBeLessThan(100_000);
    // Samples are not in it. V8 keeps the code it compiles as more of the page is used: about 1 MB here.
    expect(last.heap - first.heap).toBeLessThan(2_000_000);
    expect(errors).toEqual([]);
    await close();
  });
});

/** Elements that come and go, such as the thumb's tooltip. A result's view has more. */
const SPARE_NODES = 8;

interface Counted extends Window {
  longest?: number;
  addresses?: number;
}

async function watchLongTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const counted: Counted = window;
    counted.longest = 0;
    new PerformanceObserver((list) => {
      const durations = list.getEntries().map(({ duration }) => duration);
      counted.longest = Math.max(counted.longest ?? 0, ...durations);
    }).observe({ type: 'longtask' });
  });
}

async function longestTask(page: Page): Promise<number> {
  // Tasks are told a moment after they end.
  await page.waitForTimeout(200);
  return page.evaluate(() => (window as Counted).longest ?? Number.POSITIVE_INFINITY);
}

/** Counts the addresses that the page gives to pictures and has not taken back. */
async function countAddresses(page: Page): Promise<void> {
  await page.evaluate(() => {
    const counted: Counted = window;
    const { createObjectURL, revokeObjectURL } = URL;
    counted.addresses = 0;
    URL.createObjectURL = (picture) => {
      counted.addresses = (counted.addresses ?? 0) + 1;
      return createObjectURL(picture);
    };
    URL.revokeObjectURL = (address) => {
      counted.addresses = (counted.addresses ?? 0) - 1;
      revokeObjectURL(address);
    };
  });
}

/** What page and worker hold: tensors as the page tells them, picture addresses, elements, bytes. */
async function holdings(page: Page) {
  const tensors = await page.locator('[title$=" tensors"]').getAttribute('title');
  const addresses = await page.evaluate(() => (window as Counted).addresses);
  const client = await page.context().newCDPSession(page);
  await client.send('HeapProfiler.collectGarbage');
  const { nodes } = await client.send('Memory.getDOMCounters');
  const { usedSize, backingStorageSize } = (await client.send('Runtime.getHeapUsage')) as HeapUsage;
  await client.detach();
  return { tensors, addresses, nodes, heap: usedSize, samples: backingStorageSize };
}

/** Newer than the driver's own types. */
interface HeapUsage {
  readonly usedSize: number;
  readonly backingStorageSize: number;
}
