// Takes the pictures of the playground in docs/images; the page has to be built.
//   npm run build && node scripts/run.mjs scripts/make-playground-screenshots.ts
import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core';
import sharp from 'sharp';
import { servePage } from '../apps/playground/src/e2e/page-server';
import { findChromium } from '../tools/browser';

const screens: Readonly<Record<string, BrowserContextOptions>> = {
  'playground-desktop': { viewport: { width: 1120, height: 720 } },
  'playground-phone': {
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
    colorScheme: 'dark',
  },
};

const executablePath = findChromium();
if (executablePath === undefined) throw new Error('no Chromium on the PATH');
const server = await servePage('apps/playground/dist');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  for (const [name, options] of Object.entries(screens)) {
    const screenshot = await takeScreenshot(browser, options);
    await sharp(screenshot)
      .png({ palette: true, colours: 128, effort: 10 })
      .toFile(`docs/images/${name}.png`);
  }
} finally {
  await browser.close();
  server.close();
}

/** The page with the example restored. */
async function takeScreenshot(browser: Browser, options: BrowserContextOptions): Promise<Buffer> {
  const page = await browser.newPage(options);
  await page.goto(server.url);
  await page.getByRole('button', { name: 'Try the example' }).click();
  await page.getByRole('button', { name: 'Restore', exact: true }).click();
  await page.getByRole('button', { name: 'Download' }).waitFor({ timeout: 120_000 });
  // Until what moves has come to rest.
  await page.waitForTimeout(1000);
  await page.mouse.move(0, 0);
  const screenshot = await page.screenshot();
  await page.close();
  return screenshot;
}
