import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BrowserPage } from '../../../tools/browser';
import { describeBrowser } from '../../../tools/optional-suites';
import { openWebPage } from './testing/open-web-page';
import { fromPlain, testImage } from './testing/test-image';

const guide = readFileSync(
  new URL('../../../docs/guides/restore-in-the-browser.md', import.meta.url),
  'utf8',
);
const examples = [...guide.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code);

describeBrowser('the code in the guide runs in Chromium', () => {
  let page: BrowserPage;

  beforeAll(async () => {
    const { data, ...raw } = fromPlain(testImage(24, 16));
    const png = await sharp(data, { raw }).png().toBuffer();
    page = await openWebPage('guide', {
      modules: Object.fromEntries(examples.map((code, index) => [`example-${index}`, code])),
      respond(path, response) {
        if (path === '/photo.png') response.end(png);
        return path === '/photo.png';
      },
    });
  });
  afterAll(() => page?.close());

  it('is found', () => {
    expect(examples.length).toBeGreaterThan(4);
  });

  it.each([...examples.keys()])('example %i', async (index) => {
    await page.call('runExample', { module: `/example-${index}.js`, photo: 'photo.png' });
    // A file that is not there is noted by the browser itself.
    const complaints = page.console.filter((line) => /^(error|warning)/.test(line) && !line.includes('404'));
    expect(complaints).toEqual([]);
  });
});
