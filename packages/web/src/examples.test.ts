import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../../../tools/browser';
import { describeBrowser } from '../../../tools/optional-suites';
import { serve } from '../../../tools/test-server';
import { restoreInNode } from './testing/restore-in-node';
import { fromPlain, largestDifference, type PlainImage, testImage } from './testing/test-image';

const path = (relative: string) => fileURLToPath(new URL(`../../../${relative}`, import.meta.url));
const standalone = path('packages/web/dist/standalone/');
const built = existsSync(standalone) || process.env.CI === 'true';

/** Where a site keeps its page, far from the top. */
const PLACE = '/some/folder/of/a/site/';

describeBrowser(built ? 'the examples' : 'the examples (skipped: run the build)', () => {
  const output = mkdtempSync(join(tmpdir(), 'diffir-examples-'));
  let browser: Browser;
  let expected: PlainImage;
  const image = testImage(40, 24);

  beforeAll(async () => {
    expected = await restoreInNode(
      await readFile(path('packages/models/weights/deblur-small.safetensors')),
      image,
    );
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(output, { recursive: true, force: true });
  });

  const examples = {
    vite: () => {
      runIn('examples/vite', 'vite', ['build', '--outDir', join(output, 'vite')]);
      return { [PLACE]: join(output, 'vite') };
    },
    webpack: () => {
      // Minifying takes a minute and more; Vite's code is minified.
      const options = ['--output-path', join(output, 'webpack'), '--no-optimization-minimize'];
      runIn('examples/webpack', 'webpack', options);
      return { [PLACE]: join(output, 'webpack') };
    },
    'static-page': () => ({ [`${PLACE}diffir/`]: standalone, [PLACE]: path('examples/static-page') }),
  };

  it.skipIf(!built).each(Object.keys(examples) as (keyof typeof examples)[])(
    '%s restores a photo, alone on its origin or not',
    async (name) => {
      const folders = examples[name]();
      for (const isolated of [false, true]) {
        const server = await serve({ folders, isolated });
        const { status, restored, complaints } = await visit(`${server.address}${PLACE.slice(1)}`);
        server.close();
        expect(complaints).toEqual([]);
        expect(status).toMatch(/^Done, on wasm \(WebAssembly SIMD, \d threads?\)/);
        expect(largestDifference(restored, expected)).toBeLessThanOrEqual(1);
        const wasm = server.requests.filter((file) => file.endsWith('.wasm'));
        expect(wasm).toHaveLength(1);
        if (name !== 'webpack') expect(wasm[0]?.includes('threaded')).toBe(isolated);
        // Addresses are relative all through.
        expect(server.requests.every((file) => file.startsWith(PLACE))).toBe(true);
      }
    },
    180_000,
  );

  /** Opens an example's page and gives it a photo. */
  async function visit(address: string) {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('response', (response) => {
      if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
    });
    await page.goto(address);
    const { data, ...raw } = fromPlain(image);
    const buffer = await sharp(data, { raw }).png().toBuffer();
    await page.setInputFiles('input', { name: 'photo.png', mimeType: 'image/png', buffer });
    const status = page.getByRole('status');
    await status.filter({ hasText: /Done|Error/ }).waitFor({ timeout: 60_000 });
    const text = (await status.textContent()) ?? '';
    const restored = await page.evaluate<PlainImage>(`(() => {
      const canvas = document.querySelector('canvas');
      const { width, height } = canvas;
      const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
      return { width, height, channels: 3, data: [...data].filter((_, index) => index % 4 < 3) };
    })()`);
    await page.close();
    return { status: text, restored, complaints };
  }
});

function runIn(folder: string, program: string, options: readonly string[]): void {
  execFileSync('npx', [program, ...options], { cwd: path(folder), stdio: 'pipe' });
}
