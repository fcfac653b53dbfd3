import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BrowserPage } from '../../../tools/browser';
import { describeBrowser } from '../../../tools/optional-suites';
import { openWebPage } from './testing/open-web-page';
import type { PlainOptions, restoreBoth } from './testing/page/restoring';
import { restoreInNode } from './testing/restore-in-node';
import { fromPlain, largestDifference, type PlainImage, testImage } from './testing/test-image';
import { tinyModel } from './testing/tiny-model';

type Restored = Awaited<ReturnType<typeof restoreBoth>>;

describeBrowser('a picture restored in Chromium', () => {
  const image = testImage(37, 22);
  let page: BrowserPage;
  let expected: PlainImage;

  beforeAll(async () => {
    const model = await tinyModel();
    const { data, ...size } = fromPlain(image);
    const png = await sharp(data, { raw: size }).png().toBuffer();
    expected = await restoreInNode(model, image);
    // It must do something, or nothing is compared.
    expect(largestDifference(expected, image)).toBeGreaterThan(8);
    page = await openWebPage('restoring', {
      respond(path, response) {
        const body = { '/tiny.safetensors': model, '/image.png': png }[path];
        response.setHeader('Content-Type', 'image/png');
        if (body !== undefined) response.end(body);
        return body !== undefined;
      },
    });
  });
  afterAll(() => page?.close());

  const cases: readonly PlainOptions[] = [
    { backend: 'wasm' },
    { backend: 'webgpu' },
    { backend: 'cpu', thread: 'page' },
  ];

  // SwiftShader compiles some fifty shaders on the CPU: seconds on an idle machine, a minute on a busy one.
  it.each(cases)('is what Node makes of it: %j', { timeout: 240_000 }, async (given) => {
    const options = { ...given, model: 'tiny.safetensors' };
    const argument = { options, image, address: 'image.png' };
    const { fromSamples, fromFile, ...facts } = await page.call<Restored>('restoreBoth', argument);
    expect(facts).toMatchObject({ backend: { id: given.backend }, task: { id: 'deblur' }, scale: 1 });
    // Rounded to 8 bits, sums in another order may fall to either side.
    expect(largestDifference(fromSamples, expected)).toBeLessThanOrEqual(1);
    expect(fromFile).toEqual(fromSamples);
    expect(page.console).toEqual([]);
  });
});
