import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BrowserPage } from '../../../tools/browser';
import { describeBrowser } from '../../../tools/optional-suites';
import { openWebPage } from './testing/open-web-page';
import type * as lifetime from './testing/page/lifetime';
import { restoreInNode } from './testing/restore-in-node';
import { largestDifference, type PlainImage, testImage } from './testing/test-image';
import { tinyModel } from './testing/tiny-model';

type Functions = typeof lifetime;

describeBrowser('a restorer in Chromium', () => {
  let page: BrowserPage;
  let expected: PlainImage;

  beforeAll(async () => {
    const model = await tinyModel();
    expected = await restoreInNode(model, testImage(24, 16));
    page = await openWebPage('lifetime', {
      modules: { fragile: `export * from './packages/web/src/testing/page/fragile-plugin';` },
      respond(path, response) {
        if (path !== '/tiny.safetensors') return false;
        response.end(model);
        return true;
      },
    });
  });
  afterAll(() => page?.close());

  function call<Name extends keyof Functions>(name: Name, argument?: Parameters<Functions[Name]>[0]) {
    return page.call<Awaited<ReturnType<Functions[Name]>>>(name, argument);
  }

  // In one piece these take ten seconds and more.
  it.each([
    { backend: 'wasm', side: 1536 },
    { backend: 'cpu', side: 512 },
  ])('stops at once inside a long tile, and goes on with the next picture: %j', async (given) => {
    const { reason, rejectedMs, againMs, progress, again, before, after } = await call(
      'abortLongTile',
      given,
    );
    expect(reason).toBe('enough');
    expect(rejectedMs).toBeLessThan(100);
    expect(progress).not.toContain(given.side ** 2);
    // A fresh worker takes a second or two; the tile would have taken far longer.
    expect(againMs).toBeLessThan(10_000);
    expect(largestDifference(again, expected)).toBeLessThanOrEqual(1);
    expect(after).toEqual(before);
  });

  it('stops before it begins, in line, and between tiles', async () => {
    const { reasons, before, after } = await call('abortElsewhere');
    expect(reasons).toEqual(['early', 'waiting', 'between']);
    expect(after).toEqual(before);
  });

  it('holds no more after twenty pictures than after one', async () => {
    const [first, ...others] = await call('restoreMany', 20);
    expect(first?.tensors).toBeGreaterThan(50);
    for (const held of others) expect(held).toEqual(first);
  });

  // SwiftShader compiles some fifty shaders on the CPU first.
  it('holds no more on the GPU after twenty pictures than after one', { timeout: 240_000 }, async () => {
    const { held, made } = await call('fillGPU', 20);
    const [first, second, ...others] = held;
    // Buffers are kept to be used again, by size; which ones is settled with the second picture.
    expect((second?.bufferBytes ?? Number.NaN) - (first?.bufferBytes ?? Number.NaN)).toBeLessThan(1024);
    expect(second?.tensors).toBe(first?.tensors);
    expect(others).toHaveLength(18);
    for (const later of others) expect(later).toEqual(second);
    expect(made).toBeGreaterThan(50);
  });

  it('never keeps the page from reacting for long', { timeout: 120_000 }, async () => {
    // What the page itself does too long, it does every time; other programs hold it up once in a while.
    const longest: number[] = [];
    while (longest.length < 3 && Math.min(...longest) >= 100) {
      const watched = await call('watchStalls');
      expect(watched.watchedMs).toBeGreaterThan(1000);
      longest.push(watched.longest);
    }
    expect(Math.min(...longest)).toBeLessThan(100);
  });

  it('fails what is under way when it is disposed', async () => {
    const gone = { typed: true, message: 'restorer: used after dispose()' };
    const workers = () => page.page.workers().length;
    // Those of earlier restorers may still be ending.
    await expect.poll(workers, { timeout: 10_000 }).toBe(0);
    expect(await call('disposeEarly')).toEqual([gone, gone, gone, gone]);
    // What stood in line has started none again.
    await expect.poll(workers, { timeout: 10_000 }).toBe(0);
  });

  it('says what is wrong in the classes of the core', async () => {
    expect(await call('errorsAcross')).toEqual([
      {
        kind: 'ImageError',
        message:
          'holiday.jpg: this browser cannot decode it as an image (image/jpeg); give a complete PNG, JPEG, WebP or other image that the browser shows',
      },
      { kind: 'ImageError', message: expect.stringMatching(/^image: it is empty; /) },
      { kind: 'ImageError', message: expect.stringContaining('image: ') },
      { kind: 'ModelUseError', message: 'deblur: takes no mask; leave it out' },
      { kind: 'OptionError', message: expect.stringContaining('tile') },
      {
        kind: 'UnknownIdError',
        message: expect.stringContaining('no-such-model: unknown model; known: deblur-small'),
      },
      { kind: 'UnknownIdError', message: 'abacus: unknown backend; known: auto, cpu, wasm, webgpu' },
      {
        kind: 'DiffIRError',
        message: expect.stringMatching(/no-such-plugin\.js: it fails to load: [^\n]+$/),
      },
      { kind: 'string', message: 'changed my mind' },
      { kind: 'DiffIRError', message: expect.stringMatching(/^worker: its script cannot be loaded; /) },
    ]);
  });

  it.each(['worker', 'page'] as const)('starts a lost device again once: %s', async (thread) => {
    await clearLosses();
    const { before, after, image, loaded, memory } = await call('loseDevice', { losses: 1, thread });
    expect(before).toEqual({ backend: 'fragile', reason: 'fragile (a device): best available' });
    expect(after).toEqual(before);
    expect(memory).toEqual(loaded);
    expect(largestDifference(image, expected)).toBeLessThanOrEqual(1);
  });

  it.each(['worker', 'page'] as const)(
    'goes on with another backend when it is lost again: %s',
    async (thread) => {
      await clearLosses();
      const { before, after, image, loaded, memory } = await call('loseDevice', { losses: 2, thread });
      expect(before.backend).toBe('fragile');
      expect(after).toEqual({
        backend: 'wasm',
        reason: expect.stringMatching(
          /^wasm \(.*\): best available; not webgpu: .*; not fragile: the device was lost: it fell down, twice$/,
        ),
      });
      expect(memory.tensors).toBe(loaded.tensors);
      expect(largestDifference(image, expected)).toBeLessThanOrEqual(1);
    },
  );

  async function clearLosses() {
    await page.page.evaluate(`caches.delete('losses')`);
  }
});
