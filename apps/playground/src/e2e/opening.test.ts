import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeBrowser } from '../../../../tools/optional-suites';
import { type PageServer, servePage } from './page-server';
import { launchChromium, openPlayground } from './playground-page';
import { testPhoto } from './test-photos';

describeBrowser('opening a photo', () => {
  let server: PageServer;
  let browser: Browser;

  beforeAll(async () => {
    [server, browser] = await Promise.all([servePage(), launchChromium({ webgpu: false })]);
  });
  afterAll(async () => {
    server?.close();
    await browser?.close();
  });

  it('is picking a file, or pasting one', async () => {
    const { page, errors, close } = await openPlayground(browser, server.url);
    const { name, bytes } = await testPhoto(64, 48);
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose a photo' }).click();
    await (await chooser).setFiles({ name, mimeType: 'image/png', buffer: bytes });
    await page.getByText('64 × 48 pixels').waitFor();
    const larger = await testPhoto(80, 60);
    await page.evaluate((base64) => {
      const data = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([data], 'pasted.png', { type: 'image/png' }));
      document.dispatchEvent(new ClipboardEvent('paste', { clipboardData }));
    }, larger.bytes.toString('base64'));
    await page.getByText('80 × 60 pixels').waitFor();
    expect(errors).toEqual([]);
    await close();
  });

  it('says so when a file is no picture, and keeps the photo there is', async () => {
    const { page, errors, close } = await openPlayground(browser, server.url);
    const { name, bytes } = await testPhoto(64, 48);
    const input = page.getByLabel('Photo file');
    await input.setInputFiles({ name, mimeType: 'image/png', buffer: bytes });
    await page.getByText('64 × 48 pixels').waitFor();
    await input.setInputFiles({ name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('notes') });
    const alert = page.getByRole('alert');
    await alert.getByText('This picture can’t be used').waitFor();
    expect(await alert.textContent()).toContain('notes.png: this browser cannot open it as a picture.');
    expect(await page.getByText('64 × 48 pixels').count()).toBe(1);
    await page.getByRole('button', { name: 'Dismiss' }).click();
    expect(await alert.count()).toBe(0);
    expect(await page.locator(':focus').textContent()).toBe('Restore');
    expect(errors).toEqual([]);
    await close();
  });

  it('begins with what the address says, and the address follows', async () => {
    const { page, close } = await openPlayground(browser, `${server.url}?task=inpaint&backend=wasm&seed=7`);
    expect(await page.getByRole('radio', { name: 'Fill in' }).isChecked()).toBe(true);
    await page.getByText('Advanced').click();
    expect(await page.getByLabel('Compute with').inputValue()).toBe('wasm');
    expect(await page.getByLabel('Seed').inputValue()).toBe('7');
    await page.getByText('Sharpen').click();
    await page.getByLabel('Seed').fill('8');
    await page.waitForURL((url) => url.search === '?backend=wasm&seed=8');
    await close();
  });

  it('is in the colours the visitor likes', async () => {
    const { page, close } = await openPlayground(browser, server.url, { colorScheme: 'dark' });
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(await ground()).toBe('rgb(23, 25, 27)');
    await page.getByRole('button', { name: 'Light colours' }).click();
    expect(await ground()).toBe('rgb(246, 246, 244)');
    await page.reload();
    expect(await ground()).toBe('rgb(246, 246, 244)');
    await close();
  });
});
