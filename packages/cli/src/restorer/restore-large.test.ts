import { existsSync } from 'node:fs';
import { readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRestorer, type Image, type Restorer } from '@diffir/core';
import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import { nodeHost } from '../io/node-host';
import { createTemporaryFiles } from '../io/temporary-files';
import { install } from '../plugins/installation';
import { grayProfile } from '../testing/gray-profile';
import { asSharp, testImage } from '../testing/images';
import { simpleNetwork } from '../testing/simple-network';
import { temporaryFolder } from '../testing/temporary-folder';
import { type RestoreFileOptions, restoreFile } from './restore-file';

const folder = temporaryFolder();
let restorer: Restorer | undefined;
afterEach(() => restorer?.dispose());

async function open(network: Parameters<typeof simpleNetwork>[0]): Promise<Restorer> {
  await simpleNetwork(network, folder.path);
  const { registry } = await install([`./${network}.plugin.mjs`], folder.path);
  const model = folder.file(`${network}.safetensors`);
  restorer = await createRestorer({ registry, host: nodeHost(), model, backend: 'cpu' });
  return restorer;
}

const tiles = { tile: 16, overlap: 4 };
/** Nothing stays in memory. */
const byFile = { mostInMemory: 0 };

/** Restores a file in memory and by way of temporary files: two files of the same bytes. */
async function restoreBothWays(
  on: Restorer,
  input: string,
  output: string,
  options: RestoreFileOptions = {},
) {
  const [whole, rows] = [`whole-${output}`, `rows-${output}`];
  const settings = { ...tiles, ...options };
  const size = await restoreFile(on, { input: folder.file(input), output: folder.file(whole) }, settings);
  // What is in memory by mistake would not go through the files.
  const made: number[] = [];
  const files = createTemporaryFiles(async () => void made.push(1));
  const paths = { input: folder.file(input), output: folder.file(rows) };
  expect(await restoreFile(on, paths, settings, { ...byFile, files })).toEqual(size);
  expect(made).toHaveLength(typeof options.mask === 'string' ? 2 : 1);
  expect((await readdir(folder.path)).filter((name) => name.startsWith('.diffir'))).toEqual([]);
  const [expected, actual] = await Promise.all([whole, rows].map((name) => readFile(folder.file(name))));
  expect(expected?.length).toBeGreaterThan(50);
  expect(actual?.equals(expected ?? Buffer.alloc(0))).toBe(true);
}

/** The image, fully transparent where it is not visible. */
function withHoles(image: Image, isVisible: (x: number, y: number) => boolean): Image {
  const { channels, width } = image;
  const data = image.data.map((sample, index) => {
    const pixel = Math.floor(index / channels);
    const isAlpha = index % channels === channels - 1;
    return isAlpha && !isVisible(pixel % width, Math.floor(pixel / width)) ? 0 : sample;
  });
  return { ...image, data };
}

/** Not a multiple of anything: 61×47. */
const picture = (options: { channels?: Image['channels']; sixteenBit?: boolean } = {}) =>
  asSharp(testImage({ width: 61, height: 47, ...options }));

describe('a photo too large for memory', () => {
  it.each([
    { channels: 1, sixteenBit: false },
    { channels: 3, sixteenBit: false },
    { channels: 1, sixteenBit: true },
    { channels: 3, sixteenBit: true },
  ] as const)('has the bytes it would have, in every format: %j', async (kind) => {
    await picture(kind).withDensity(240).toFile(folder.file('in.png'));
    await picture(kind).tiff().toFile(folder.file('in.tif'));
    const blur = await open('blur');
    for (const output of ['out.png', 'out.jpg', 'out.webp', 'out.tif', 'out.avif']) {
      await restoreBothWays(blur, 'in.png', output);
    }
    await restoreBothWays(blur, 'in.tif', 'again.tif');
  });

  it('keeps what it says beside its pixels, or not', async () => {
    const metadata = {
      IFD0: { Artist: 'Sømebödy', ImageDescription: 'line\nbreak' },
      IFD3: { GPSLatitudeRef: 'N' },
    };
    const xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>kept</a></x:xmpmeta>';
    const full = picture().withIccProfile('p3').withExif(metadata).withXmp(xmp);
    for (const input of ['in.jpg', 'in.png', 'in.tif']) await full.clone().toFile(folder.file(input));
    const identity = await open('identity');
    for (const output of ['out.png', 'out.jpg', 'out.webp', 'out.tif', 'out.avif']) {
      await restoreBothWays(identity, 'in.jpg', output);
      await restoreBothWays(identity, 'in.tif', `from-tif-${output}`);
    }
    await restoreBothWays(identity, 'in.png', 'stripped.jpg', { strip: true });
    expect((await readFile(folder.file('rows-out.tif'), 'latin1')).includes('break')).toBe(true);
  });

  it('is converted by its profile where a gray one does not fit', async () => {
    await writeFile(folder.file('linear.icc'), grayProfile(1));
    await picture({ channels: 1 }).withIccProfile(folder.file('linear.icc')).toFile(folder.file('in.png'));
    const identity = await open('identity');
    for (const output of ['out.webp', 'out.png']) await restoreBothWays(identity, 'in.png', output);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('stands upright: orientation %i', async (orientation) => {
    const turned = picture().withMetadata({ orientation });
    for (const input of ['in.jpg', 'in.png']) await turned.clone().toFile(folder.file(input));
    await picture({ sixteenBit: true }).withMetadata({ orientation }).toFile(folder.file('deep.png'));
    const blur = await open('blur');
    for (const input of ['in.jpg', 'in.png', 'deep.png']) await restoreBothWays(blur, input, `${input}.png`);
  });

  it('is enlarged, and resized to what is asked for', async () => {
    await picture().toFile(folder.file('in.png'));
    await picture({ channels: 1, sixteenBit: true }).toFile(folder.file('deep.png'));
    const double = await open('double');
    for (const input of ['in.png', 'deep.png']) {
      await restoreBothWays(double, input, input);
      for (const outscale of [0.3, 1, 2.9])
        await restoreBothWays(double, input, `${outscale}-${input}`, { outscale });
      await restoreBothWays(double, input, `${input}.jpg`, { outscale: 0.7 });
    }
  });

  it.each([
    { channels: 2, sixteenBit: false },
    { channels: 4, sixteenBit: false },
    { channels: 2, sixteenBit: true },
    { channels: 4, sixteenBit: true },
  ] as const)('has the bytes it would have with transparency: %j', async (kind) => {
    const image = testImage({ width: 61, height: 47, ...kind });
    const inputs = {
      visible: () => true,
      spotted: (x: number, y: number) => (x * y) % 7 > 2,
      hidden: () => false,
    };
    for (const [name, isVisible] of Object.entries(inputs)) {
      await asSharp(withHoles(image, isVisible))
        .withIccProfile('p3')
        .toFile(folder.file(`${name}.png`));
    }
    const blur = await open('blur');
    for (const name of Object.keys(inputs)) await restoreBothWays(blur, `${name}.png`, `${name}-out.png`);
    for (const format of ['webp', 'tif', 'avif']) await restoreBothWays(blur, 'spotted.png', `out.${format}`);
    const double = await open('double');
    for (const name of Object.keys(inputs)) await restoreBothWays(double, `${name}.png`, `${name}-2.png`);
    await restoreBothWays(double, 'spotted.png', 'resized.png', { outscale: 1.3 });
  });

  it('loses an opaque alpha channel where a format has none, and is refused with any other', async () => {
    const image = testImage({ width: 61, height: 47, channels: 4 });
    const opaque = { ...image, data: image.data.map((sample, index) => (index % 4 === 3 ? 255 : sample)) };
    await asSharp(opaque).toFile(folder.file('opaque.png'));
    await asSharp(image).toFile(folder.file('in.png'));
    const blur = await open('blur');
    await restoreBothWays(blur, 'opaque.png', 'out.jpg');
    const paths = { input: folder.file('in.png'), output: folder.file('refused.jpg') };
    for (const large of [{}, byFile]) {
      await expect(restoreFile(blur, paths, tiles, large)).rejects.toThrow(
        /refused\.jpg: jpeg cannot hold the transparency of this image; choose png, webp, tiff or avif/,
      );
    }
    expect((await readdir(folder.path)).filter((name) => /refused|^\.diffir/.test(name))).toEqual([]);
  });

  it('has white at full scale where it comes from ten bits', async () => {
    await picture({ sixteenBit: true }).avif({ bitdepth: 10, lossless: true }).toFile(folder.file('in.avif'));
    await restoreBothWays(await open('identity'), 'in.avif', 'out.png');
  });

  it.each(['mask.png', 'mask.jpg', 'alpha.png', 'deep.png'])(
    'is filled where its mask says: %s',
    async (name) => {
      await picture().toFile(folder.file('in.png'));
      const deep = name === 'deep.png';
      const size = { width: 61, height: 47, sixteenBit: deep };
      const mask =
        name === 'alpha.png'
          ? withHoles(testImage({ ...size, channels: 4 }), (x) => x > 20)
          : testImage({ ...size, channels: 1 });
      await asSharp(mask).toFile(folder.file(name));
      const fill = await open('fill');
      await restoreBothWays(fill, 'in.png', 'out.png', { mask: folder.file(name) });
      await restoreBothWays(fill, 'in.png', 'again.png', { mask });
      const [restored, original] = await Promise.all(
        ['rows-out.png', 'in.png'].map((file) => sharp(folder.file(file)).raw().toBuffer()),
      );
      const changed = original?.filter((sample, index) => sample !== restored?.[index]).length ?? 0;
      expect(changed).toBeGreaterThan(1000);
      expect(changed).toBeLessThan(61 * 47 * 3 * 0.75);
    },
  );

  it('says of a mask what it would say in memory', async () => {
    await picture().toFile(folder.file('in.png'));
    await asSharp(testImage({ width: 60, height: 47, channels: 1 })).toFile(folder.file('small.png'));
    await writeFile(folder.file('damaged.png'), (await readFile(folder.file('in.png'))).subarray(0, 90));
    const fill = await open('fill');
    const paths = { input: folder.file('in.png'), output: folder.file('out.png') };
    for (const [mask, message] of [
      ['small.png', 'mask: it is 60×47 and the image 61×47; give a mask of the size of the image'],
      ['damaged.png', /damaged\.png: the image is damaged or cut short/],
      ['missing.png', /missing\.png: no such file/],
    ] as const) {
      for (const large of [{}, byFile]) {
        const restoring = restoreFile(fill, paths, { ...tiles, mask: folder.file(mask) }, large);
        await expect(restoring).rejects.toThrow(message);
      }
    }
    expect((await readdir(folder.path)).filter((name) => /^\.diffir|^out/.test(name))).toEqual([]);
  });

  it('leaves nothing behind when it is interrupted, whenever that is', async () => {
    await picture().withIccProfile('p3').toFile(folder.file('in.png'));
    const blur = await open('blur');
    const before = (await readdir(folder.path)).sort();
    const paths = { input: folder.file('in.png'), output: folder.file('out.png') };
    let heard = 0;
    await restoreFile(blur, paths, { ...tiles, overwrite: true, onProgress: () => heard++ }, byFile);
    await rm(paths.output);
    expect(heard).toBeGreaterThan(10);
    for (let at = 0; at < heard; at++) {
      const controller = new AbortController();
      let calls = 0;
      const onProgress = () => {
        if (calls++ === at) controller.abort(new TypeError('enough'));
      };
      const options = { ...tiles, signal: controller.signal, onProgress };
      await expect(restoreFile(blur, paths, options, byFile)).rejects.toThrow('enough');
      expect((await readdir(folder.path)).sort()).toEqual(before);
    }
  });

  it('leaves nothing behind when it fails, and says why as for any photo', async () => {
    const png = await picture().png({ compressionLevel: 0 }).toBuffer();
    await writeFile(folder.file('cut.png'), png.subarray(0, 5000));
    await writeFile(folder.file('whole.png'), png);
    const failing = await open('failing');
    const before = (await readdir(folder.path)).sort();
    for (const [input, message] of [
      ['cut.png', /: the image is damaged or cut short .*; get a complete copy of it$/],
      ['whole.png', /it ran/],
    ] as const) {
      const paths = { input: folder.file(input), output: folder.file('out.png') };
      const inMemory = await restoreFile(failing, paths, tiles).catch(String);
      const restoring = restoreFile(failing, paths, tiles, byFile);
      await expect(restoring).rejects.toThrow(message);
      expect(await restoring.catch(String)).toBe(inMemory);
      expect((await readdir(folder.path)).sort()).toEqual(before);
    }
  });

  it('is refused before any work where the disk has no room for it', async () => {
    await picture().toFile(folder.file('in.png'));
    const failing = await open('failing');
    const files = createTemporaryFiles(async () => 1000);
    const paths = { input: folder.file('in.png'), output: folder.file('out.png') };
    const restoring = restoreFile(failing, paths, {}, { ...byFile, files });
    // 61×47×3 bytes, twice.
    await expect(restoring).rejects.toThrow(
      'its temporary files need 16.8 KiB of disk beside it, and 1000 B are free',
    );
  });

  it.runIf(existsSync('/dev/full'))('says that the disk is full when it fills up', async () => {
    await picture().toFile(folder.file('in.png'));
    const identity = await open('identity');
    const paths = { input: folder.file('in.png'), output: folder.file('out.png') };
    await symlink('/dev/full', folder.file('full.v'));
    for (const fullAt of [0, 1, 2, 3]) {
      const files = createTemporaryFiles();
      let made = 0;
      /** The file that is made next is on a disk that is full. */
      const create: typeof files.create = (output, fill, extension) =>
        files.create(output, (path) => fill(made++ === fullAt ? folder.file('full.v') : path), extension);
      const restoring = restoreFile(identity, paths, {}, { ...byFile, files: { ...files, create } });
      await expect(restoring).rejects.toThrow(
        /(in|out)\.png: its temporary file cannot be written: the disk is full; choose an output on another disk$/,
      );
      expect((await readdir(folder.path)).filter((name) => name.startsWith('.'))).toEqual([]);
    }
  });
});
