import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BrowserPage } from '../../../tools/browser';
import { describeBrowser } from '../../../tools/optional-suites';
import { identityModel } from './testing/identity-model';
import { openWebPage } from './testing/open-web-page';
import type { restore } from './testing/page/losing';
import { testImage } from './testing/test-image';

type Restored = Awaited<ReturnType<typeof restore>>;

describeBrowser('a GPU that crashes under Chromium', () => {
  let page: BrowserPage;

  beforeAll(async () => {
    const model = await identityModel();
    page = await openWebPage('losing', {
      modules: { identity: `export * from './packages/web/src/testing/page/identity-plugin';` },
      respond(path, response) {
        if (path === '/identity.safetensors') response.end(model);
        return path === '/identity.safetensors';
      },
    });
  });
  afterAll(() => page?.close());

  it('does not keep the next picture from being restored', async () => {
    const image = testImage(24, 16);
    await page.call('open');
    expect(await page.call<Restored>('restore', image)).toMatchObject({ restored: image, backend: 'webgpu' });
    const workers = () => page.requests.filter((path) => path === '/worker.js').length;
    expect(workers()).toBe(1);
    await (await page.browser.newBrowserCDPSession()).send('Browser.crashGpuProcess');
    const { restored, backend, backendReason } = await page.call<Restored>('restore', image);
    expect(restored).toEqual(image);
    // Else nothing was lost.
    expect(workers()).toBeGreaterThan(1);
    // On a fresh device, or where the browser gives none after a crash, on another backend.
    expect(backendReason).toMatch(backend === 'webgpu' ? /^webgpu / : /^wasm .*; not webgpu: .*, twice$/);
  });
});
