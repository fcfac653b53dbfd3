import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeBrowser } from '../../../../tools/optional-suites';
import { describeShared, sharedPath } from '../../../../tools/shared';
import { nodeResult } from './node-result';
import { type PageServer, servePage } from './page-server';
import {
  chooseCheckpoint,
  download,
  dropPhoto,
  launchChromium,
  openPlayground,
  restore,
} from './playground-page';
import { changedPixels, largestDifference, rectangleMask, testPhoto } from './test-photos';

const checkpoint = sharedPath('parity', 'inpainting-tiny', 'lightning.ckpt');
const rectangle = { left: 30, top: 12, width: 21, height: 17 };

describeShared('inpainting with a checkpoint of one’s own', () => {
  describeBrowser('on the page', () => {
    let server: PageServer;
    let browser: Browser;

    beforeAll(async () => {
      [server, browser] = await Promise.all([servePage(), launchChromium({ webgpu: false })]);
    });
    afterAll(async () => {
      server?.close();
      await browser?.close();
    });

    async function openWithPhoto(options = {}) {
      const opened = await openPlayground(browser, `${server.url}?task=inpaint`, options);
      const photo = await testPhoto(96, 64);
      await dropPhoto(opened.page, photo);
      await chooseCheckpoint(opened.page, { name: 'lightning.ckpt', buffer: await readFile(checkpoint) });
      return { ...opened, photo };
    }

    it('fills a rectangle given by its numbers as Node does', async () => {
      const { page, errors, photo, close } = await openWithPhoto();
      expect(await page.getByRole('button', { name: 'Restore' }).isDisabled()).toBe(true);
      const opener = page.getByText('Rectangle by numbers');
      await opener.focus();
      await page.keyboard.press('Enter');
      for (const [label, value] of Object.entries(rectangle)) {
        await page.keyboard.press('Tab');
        expect(await page.locator(':focus').getAttribute('id')).toBe(await idOf(page, label));
        await page.keyboard.press('Control+A');
        await page.keyboard.type(String(value));
      }
      await page.keyboard.press('Enter');
      await restore(page);
      const mask = await rectangleMask(96, 64, rectangle);
      const expected = nodeResult({ photo, model: checkpoint, mask, task: 'inpaint' });
      expect(await largestDifference((await download(page)).path, expected)).toBeLessThanOrEqual(1);
      expect(errors).toEqual([]);
      await close();
    });

    it('fills what a loaded mask marks, and says what is wrong with another', async () => {
      const { page, errors, photo, close } = await openWithPhoto();
      const mask = await rectangleMask(96, 64, rectangle);
      const load = ({ name, bytes }: typeof mask) =>
        page.getByLabel('Mask file').setInputFiles({ name, mimeType: 'image/png', buffer: bytes });
      await load(await rectangleMask(64, 96, rectangle));
      await page.getByRole('alert').getByText('the mask is 64 × 96 pixels and the photo 96 × 64').waitFor();
      await page.getByRole('button', { name: 'Dismiss' }).click();
      await load(mask);
      await restore(page);
      const expected = nodeResult({ photo, model: checkpoint, mask, task: 'inpaint' });
      expect(await largestDifference((await download(page)).path, expected)).toBeLessThanOrEqual(1);
      expect(errors).toEqual([]);
      await close();
    });

    it('fills what is painted with the mouse, less what is erased or undone', async () => {
      const { page, errors, photo, close } = await openWithPhoto();
      await stroke(page, [0.25, 0.5], [0.75, 0.5]);
      await stroke(page, [0.5, 0.1], [0.9, 0.1]);
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByText('Erase').click();
      await stroke(page, [0.6, 0.5], [0.9, 0.5]);
      await restore(page);
      const changed = await changedPixels(await sharp(photo.bytes).toBuffer(), (await download(page)).path);
      // The brush is 8 % of 64 pixels wide: its stroke lies within three pixels of the middle.
      expect(Math.min(...changed.map(({ y }) => y))).toBeGreaterThanOrEqual(29);
      expect(Math.max(...changed.map(({ y }) => y))).toBeLessThanOrEqual(34);
      expect(Math.min(...changed.map(({ x }) => x))).toBeLessThan(26);
      expect(Math.max(...changed.map(({ x }) => x))).toBeLessThan(58);
      expect(changed.length).toBeGreaterThan(32 * 4);
      expect(errors).toEqual([]);
      await close();
    });

    it('fills what is painted with a finger on a phone', async () => {
      const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
      const { page, errors, photo, close } = await openWithPhoto(phone);
      await page.locator('canvas').scrollIntoViewIfNeeded();
      await touchStroke(page, [0.3, 0.3], [0.7, 0.3]);
      await restore(page);
      const changed = await changedPixels(await sharp(photo.bytes).toBuffer(), (await download(page)).path);
      expect(changed.length).toBeGreaterThan(32 * 4);
      expect(Math.max(...changed.map(({ y }) => y))).toBeLessThan(23);
      expect(errors).toEqual([]);
      await close();
    });
  });
});

type Share = readonly [number, number];

/** The place on the page at some share of the photo's width and height. */
async function placeOf(page: Page, [x, y]: Share): Promise<{ readonly x: number; readonly y: number }> {
  const box = await page.locator('canvas').boundingBox();
  if (box === null) throw new Error('there is no mask to paint on');
  return { x: box.x + x * box.width, y: box.y + y * box.height };
}

async function stroke(page: Page, from: Share, to: Share): Promise<void> {
  const [start, end] = [await placeOf(page, from), await placeOf(page, to)];
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(end.x, end.y, { steps: 5 });
  await page.mouse.up();
}

async function touchStroke(page: Page, from: Share, to: Share): Promise<void> {
  const [start, end] = [await placeOf(page, from), await placeOf(page, to)];
  const client = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
    client.send('Input.dispatchTouchEvent', { type, touchPoints });
  await touch('touchStart', [start]);
  await touch('touchMove', [{ x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 }]);
  await touch('touchMove', [end]);
  await touch('touchEnd', []);
}

async function idOf(page: Page, label: string): Promise<string | null> {
  return page.getByRole('textbox', { name: new RegExp(`^${label}$`, 'i') }).getAttribute('id');
}
