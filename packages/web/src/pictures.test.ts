import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BrowserPage } from '../../../tools/browser';
import { describeBrowser } from '../../../tools/optional-suites';
import { identityModel } from './testing/identity-model';
import { openWebPage } from './testing/open-web-page';
import { fromPlain, largestDifference, type PlainImage, testImage } from './testing/test-image';

const asSharp = (image: PlainImage) => {
  const { data, width, height, channels } = fromPlain(image);
  return sharp(data, { raw: { width, height, channels } });
};

describeBrowser('pictures in Chromium', () => {
  let page: BrowserPage;
  const files = new Map<string, Buffer>();

  beforeAll(async () => {
    files.set('/identity.safetensors', await identityModel());
    page = await openWebPage('pictures', {
      modules: { identity: `export * from './packages/web/src/testing/page/identity-plugin';` },
      respond(path, response) {
        const body = files.get(path);
        if (body === undefined) return false;
        response.setHeader('Content-Type', path.endsWith('jpg') ? 'image/jpeg' : 'image/png');
        response.end(body);
        return true;
      },
    });
  });
  afterAll(() => page?.close());

  it('are the same samples in every form', async () => {
    const image = testImage(33, 20);
    files.set('/opaque.png', await asSharp(image).png().toBuffer());
    const forms = await page.call<Record<string, PlainImage>>('throughEveryForm', 'opaque.png');
    expect(Object.keys(forms)).toHaveLength(6);
    const { imageData, ...others } = forms;
    for (const form of Object.values(others)) expect(form).toEqual(image);
    expect(imageData).toMatchObject({ channels: 4, width: 33 });
    expect(imageData?.data.filter((_, index) => index % 4 < 3)).toEqual(image.data);
  });

  it('keep the colour of transparent pixels', async () => {
    const image = testImage(40, 30, 4);
    const data = image.data.map((value, index) => (index % 4 === 3 ? (index >> 2) % 256 : value));
    files.set(
      '/transparent.png',
      await asSharp({ ...image, data })
        .png()
        .toBuffer(),
    );
    const restored = await page.call<PlainImage>('throughFile', 'transparent.png');
    expect(largestDifference(restored, { ...image, data })).toBe(0);
    const forms = await page.call<Record<string, PlainImage>>('throughEveryForm', 'transparent.png');
    for (const form of [forms.bitmap, forms.element]) expect(form).toEqual({ ...image, data });
  });

  it.each([1, 3, 6, 8])('stand upright: orientation %i', async (orientation) => {
    const turned = asSharp(testImage(64, 48)).withMetadata({ orientation });
    files.set('/turned.jpg', await turned.jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer());
    const { data, info } = await sharp(files.get('/turned.jpg'))
      .rotate()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const restored = await page.call<PlainImage>('throughFile', 'turned.jpg');
    expect([restored.width, restored.height]).toEqual([info.width, info.height]);
    // JPEG decoders may differ by a level or two; pixels that are elsewhere differ by far more.
    const expected = { data: [...data], width: info.width, height: info.height, channels: 3 } as const;
    expect(largestDifference(restored, expected)).toBeLessThanOrEqual(4);
  });

  it('may be larger than any canvas', async () => {
    const [width, height] = [70_000, 3];
    const data = Buffer.alloc(width * height * 3, 9);
    data.set([1, 2, 3], 0);
    data.set([4, 5, 6], (width + 40_000) * 3);
    data.set([7, 8, 9], (width * height - 1) * 3);
    files.set(
      '/wide.png',
      await sharp(data, { raw: { width, height, channels: 3 } })
        .png()
        .toBuffer(),
    );
    expect(await page.call('throughWideFile', 'wide.png')).toEqual({
      width,
      height,
      channels: 3,
      pixels: [
        [1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
      ],
    });
  });

  it('are refused where the page may not read them', async () => {
    files.set('/foreign.png', await asSharp(testImage(8, 8)).png().toBuffer());
    const address = `${page.page.url().replace('127.0.0.1', 'localhost')}foreign.png`;
    for (const message of await page.call<string[]>('unreadable', address)) {
      expect(message).toMatch(/^ImageError: image: its pixels cannot be read; [^\n]+$/);
    }
  });

  it.each([1, 2, 3, 4] as const)('become PNG to the bit: %i channels', async (channels) => {
    for (const sixteenBit of [false, true]) {
      const image = testImage(31, 27, channels);
      const data = image.data.map((value, index) => (sixteenBit ? value * 255 + (index % 200) : value));
      const { type, base64 } = await page.call<{ type: string; base64: string }>('encode', {
        image: { ...image, data },
        sixteenBit,
      });
      expect(type).toBe('image/png');
      const decoded = sharp(Buffer.from(base64, 'base64')).toColourspace(sixteenBit ? 'rgb16' : 'srgb');
      const { data: raw, info } = await decoded
        .raw({ depth: sixteenBit ? 'ushort' : 'uchar' })
        .toBuffer({ resolveWithObject: true });
      const bytes = new Uint8Array(raw);
      const samples = [...(sixteenBit ? new Uint16Array(bytes.buffer) : bytes)];
      // Gray comes as three equal colours.
      const gray = samples.filter((_, index) => [0, 3].includes(index % info.channels));
      expect([info.width, info.height]).toEqual([31, 27]);
      expect(channels <= 2 ? gray : samples).toEqual(data);
    }
  });

  it('become JPEG and WebP by the browser, JPEG not where they are transparent', async () => {
    const image = testImage(31, 27);
    for (const type of ['image/jpeg', 'image/webp']) {
      const encoded = await page.call<{ type: string; base64: string }>('encode', { image, type });
      expect(encoded.type).toBe(type);
      const { format, width } = await sharp(Buffer.from(encoded.base64, 'base64')).metadata();
      expect([`image/${format}`, width]).toEqual([type, 31]);
    }
    const encoding = page.call('encode', { image: testImage(9, 9, 4), type: 'image/jpeg' });
    await expect(encoding).rejects.toThrow(
      'image: JPEG cannot hold its transparency; use image/png or image/webp',
    );
  });

  it('go on canvases as RGBA', async () => {
    const grayAlpha = { data: [10, 20, 30, 40], width: 2, height: 1, channels: 2 };
    const data = [10, 10, 10, 20, 30, 30, 30, 40];
    expect(await page.call('asImageData', grayAlpha)).toEqual({ data, width: 2, height: 1 });
    const rgb = { data: [1, 2, 3], width: 1, height: 1, channels: 3 };
    expect(await page.call('asImageData', rgb)).toEqual({ data: [1, 2, 3, 255], width: 1, height: 1 });
  });
});
