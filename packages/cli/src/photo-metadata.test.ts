import { mkdir, readFile, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { beforeEach, describe, expect, it } from 'vitest';
import { describePhotoReaders } from '../../../tools/optional-suites';
import { runExiftool, runPillow } from '../../../tools/photo-readers';
import { formatTraits, type OutputFormat, outputFormats } from './io/image-formats';
import { grayProfile } from './testing/gray-profile';
import { asSharp, testImage } from './testing/images';
import { runInFolder } from './testing/run-cli';
import { simpleNetwork } from './testing/simple-network';
import { temporaryFolder } from './testing/temporary-folder';

const folder = temporaryFolder();

async function restore(...argv: string[]): Promise<void> {
  const network = await simpleNetwork('identity', folder.path);
  const result = await runInFolder(['restore', ...argv, ...network], { cwd: folder.path });
  expect(result).toEqual({ code: 0, stdout: '', stderr: '' });
}

/** The same photo in every format, with a wide-gamut profile and what cameras and people add. */
async function writePhotos(): Promise<Uint8Array> {
  await mkdir(folder.file('in'));
  const pixels = asSharp(testImage({ width: 32, height: 32 })).withIccProfile('p3');
  for (const format of outputFormats) await pixels.clone().toFile(folder.file('in', nameOf(format)));
  const exif = [
    '-Make=Maker',
    '-Model=Kamera 7',
    '-DateTimeOriginal=2021:02:03 04:05:06',
    '-Artist=Somebody',
    '-GPSLatitude=51.5',
    '-GPSLatitudeRef=N',
    '-ExposureTime=1/250',
    '-XMP:Title=Holiday',
  ];
  runExiftool(['-q', '-overwrite_original', '-n', ...exif, '-r', 'in'], folder.path);
  const withIptc = ['in/from-jpeg.jpg', 'in/from-tiff.tif'];
  runExiftool(['-q', '-overwrite_original', '-IPTC:Keywords=beach', ...withIptc], folder.path);
  const { icc } = await sharp(folder.file('in', nameOf('png'))).metadata();
  return new Uint8Array(icc ?? []);
}

function nameOf(format: OutputFormat): string {
  return `from-${format}${formatTraits[format].extensions[0]}`;
}

function read(path: string): unknown {
  const tags = ['Make', 'Model', 'DateTimeOriginal', 'Artist', 'GPSLatitude', 'ExposureTime', 'Title'];
  return JSON.parse(runExiftool(['-j', '-n', ...tags.map((tag) => `-${tag}`), path], folder.path));
}

async function profileOf(path: string): Promise<Uint8Array> {
  runExiftool(['-q', '-b', '-ICC_Profile', '-w!', '%d%f.icc', path], folder.path);
  return new Uint8Array(await readFile(path.replace(/\.[^./]+$/, '.icc')));
}

describePhotoReaders('what a photo comes with', () => {
  let profile: Uint8Array;
  beforeEach(async () => {
    profile = await writePhotos();
  });

  it.each(outputFormats)('is kept in %s, from every format', async (format) => {
    await restore('in', '-o', 'out', '--format', format);
    for (const input of outputFormats) {
      const path = `out/from-${input}${formatTraits[format].extensions[0]}`;
      expect(read(path)).toEqual([
        {
          SourceFile: path,
          Make: 'Maker',
          Model: 'Kamera 7',
          DateTimeOriginal: '2021:02:03 04:05:06',
          Artist: 'Somebody',
          GPSLatitude: 51.5,
          ExposureTime: 0.004,
          Title: 'Holiday',
        },
      ]);
      expect(await profileOf(folder.file(path))).toEqual(profile);
    }
  });

  it('is kept as IPTC where there is IPTC', async () => {
    for (const format of ['jpeg', 'tiff'] as const) {
      await restore('in/from-jpeg.jpg', 'in/from-tiff.tif', '-o', 'out', '--format', format);
      for (const input of ['from-jpeg', 'from-tiff']) {
        const path = `out/${input}${formatTraits[format].extensions[0]}`;
        expect(runExiftool(['-s3', '-IPTC:Keywords', path], folder.path)).toBe('beach\n');
        expect(runExiftool(['-s3', '-a', '-Warning', '-Error', path], folder.path)).toBe('');
      }
    }
  });

  it.each(outputFormats)('goes with --strip in %s, but for the profile', async (format) => {
    await restore('in', '-o', 'out', '--strip', '--format', format);
    for (const input of outputFormats) {
      const path = `out/from-${input}${formatTraits[format].extensions[0]}`;
      expect(read(path)).toEqual([{ SourceFile: path }]);
      const file = await readFile(folder.file(path), 'latin1');
      expect(file).not.toMatch(/Maker|Kamera|Somebody|Holiday|beach|2021:02/);
      expect(await profileOf(folder.file(path))).toEqual(profile);
    }
  });
});

describePhotoReaders('the colours of a photo with a profile', () => {
  it('are what a colour engine made of them before', async () => {
    await asSharp(testImage()).withIccProfile('p3').toFile(folder.file('p3.png'));
    const gray = asSharp(testImage({ channels: 1 }));
    await writeFile(folder.file('linear.icc'), grayProfile(1));
    await gray.toFile(folder.file('plain.png'));
    runExiftool(['-q', '-o', 'linear.png', '-ICC_Profile<=linear.icc', 'plain.png'], folder.path);
    await restore('p3.png', 'linear.png', '-o', 'out');
    await restore('p3.png', 'linear.png', '-o', 'out', '--format', 'tiff');
    const results = runPillow(
      `
import io, json
from PIL import Image, ImageCms
def shown(name):
    image = Image.open(name)
    profile = ImageCms.ImageCmsProfile(io.BytesIO(image.info['icc_profile']))
    return ImageCms.profileToProfile(image, profile, ImageCms.createProfile('sRGB'), outputMode='RGB').tobytes()
print(json.dumps([[name, shown(name + '.png') != Image.open(name + '.png').convert('RGB').tobytes(),
    shown(name + '.png') == shown(f'out/{name}.png') == shown(f'out/{name}.tif')] for name in ('p3', 'linear')]))
`,
      folder.path,
    );
    expect(results).toEqual([
      ['p3', true, true],
      ['linear', true, true],
    ]);
  });
});

describe('diffir restore --strip', () => {
  it('leaves nothing but the profile', async () => {
    const photo = asSharp(testImage())
      .withIccProfile('p3')
      .withExif({ IFD0: { Artist: 'Somebody' } });
    await photo.toFile(folder.file('a.jpg'));
    await restore('a.jpg', '-o', 'kept.jpg');
    await restore('a.jpg', '-o', 'stripped.jpg', '--strip');
    const kept = await sharp(folder.file('kept.jpg')).metadata();
    const stripped = await sharp(folder.file('stripped.jpg')).metadata();
    expect(kept.exif?.includes('Somebody')).toBe(true);
    expect([stripped.exif, stripped.xmp, stripped.iptc]).toEqual([undefined, undefined, undefined]);
    expect(stripped.icc).toEqual(kept.icc);
  });
});
