import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { chromiumFlags, findChromium } from '../../../../tools/browser';
import type { TestPhoto } from './test-photos';

/** A page under test, and what went wrong on it. */
export interface PlaygroundPage {
  readonly page: Page;
  /** Errors on the console or not caught, and requests that failed. */
  readonly errors: readonly string[];
  /** Everything that was asked for: method and address. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

export function launchChromium({ webgpu = true } = {}): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('no Chromium on the PATH');
  const args = webgpu ? chromiumFlags : chromiumFlags.filter((flag) => !flag.includes('webgpu'));
  return chromium.launch({ executablePath, args });
}

export async function openPlayground(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<PlaygroundPage> {
  const page = await browser.newPage(options);
  const errors: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('request', (request) => requests.push(`${request.method()} ${request.url()}`));
  page.on('response', (response) => {
    if (response.status() >= 400) errors.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(address);
  await page.getByRole('heading', { name: 'Drop a photo here' }).waitFor();
  return { page, errors, requests, close: () => page.close() };
}

/** Drops a photo on the page, as from a folder. */
export async function dropPhoto(page: Page, { name, bytes }: TestPhoto): Promise<void> {
  const transfer = await page.evaluateHandle(
    ({ name, base64 }) => {
      const data = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([data], name, { type: 'image/png' }));
      return transfer;
    },
    { name, base64: bytes.toString('base64') },
  );
  await page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
  await page.getByRole('img', { name: `Your photo, ${name}` }).waitFor();
}

/** Presses Restore and waits for the result. */
export async function restore(page: Page): Promise<void> {
  const before = await resultUrl(page);
  await page.getByRole('button', { name: 'Restore', exact: true }).click();
  await page.waitForFunction(
    (old) => {
      const result = document.querySelector<HTMLImageElement>('img[alt="After: restored"]');
      return document.querySelector('[role=alert]') !== null || (result !== null && result.src !== old);
    },
    before,
    // Tests have limits of their own.
    { timeout: 0 },
  );
  const alert = page.getByRole('alert');
  if ((await alert.count()) > 0) throw new Error((await alert.textContent()) ?? 'an empty alert');
}

async function resultUrl(page: Page): Promise<string | undefined> {
  const result = page.getByRole('img', { name: 'After: restored' });
  return (await result.count()) > 0 ? ((await result.getAttribute('src')) ?? undefined) : undefined;
}

/** Presses Download and gives the file that comes. */
export async function download(page: Page): Promise<{ readonly name: string; readonly path: string }> {
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  const file = await coming;
  return { name: file.suggestedFilename(), path: await file.path() };
}

/** Offers a file of one's own as the model. */
export async function chooseCheckpoint(
  page: Page,
  { name, buffer }: { readonly name: string; readonly buffer: Buffer },
): Promise<void> {
  await page.getByRole('combobox', { name: 'Model' }).selectOption('A checkpoint file of mine');
  await page.getByLabel('Checkpoint file').setInputFiles({
    name,
    mimeType: 'application/octet-stream',
    buffer,
  });
}
