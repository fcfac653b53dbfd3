import { writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { describePhotoReaders } from '../../../tools/optional-suites';
import { runExiftool, runPillow } from '../../../tools/photo-readers';
import { asSharp, testImage } from './testing/images';
import { runInFolder } from './testing/run-cli';
import { simpleNetwork } from './testing/simple-network';
import { temporaryFolder } from './testing/temporary-folder';

const folder = temporaryFolder();

/** Python that the scripts here start with; the last part reads and writes PNG of 16 bits, unlike Pillow. */
const prelude = `
import glob, json, os, struct, zlib
from PIL import Image
rgb = Image.new('RGB', (20, 14))
for y in range(14):
    for x in range(20): rgb.putpixel((x, y), (x * 12, y * 18, (x * y) % 256))
os.makedirs('in', exist_ok=True)
def same(a, b):
    return a.mode == b.mode and a.size == b.size and a.tobytes() == b.tobytes()
turns = {2: Image.FLIP_LEFT_RIGHT, 3: Image.ROTATE_180, 4: Image.FLIP_TOP_BOTTOM, 5: Image.TRANSPOSE, 6: Image.ROTATE_270, 7: Image.TRANSVERSE, 8: Image.ROTATE_90}
def write16(name, width, channels, values):
    def chunk(kind, body): return struct.pack('>I', len(body)) + kind + body + struct.pack('>I', zlib.crc32(kind + body))
    height = len(values) // width // channels
    size = width * channels
    rows = b''.join(b'\\0' + struct.pack('>%dH' % size, *values[y * size:(y + 1) * size]) for y in range(height))
    head = struct.pack('>IIBBBBB', width, height, 16, {1: 0, 2: 4, 3: 2, 4: 6}[channels], 0, 0, 0)
    open(name, 'wb').write(b'\\x89PNG\\r\\n\\x1a\\n' + chunk(b'IHDR', head) + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))
def read16(name):
    file = open(name, 'rb').read(); at = 8; packed = b''
    while at < len(file):
        length, kind = struct.unpack('>I4s', file[at:at + 8]); body = file[at + 8:at + 8 + length]; at += 12 + length
        if kind == b'IHDR': width, height, depth, color = struct.unpack('>IIBB', body[:10])
        if kind == b'IDAT': packed += body
    assert depth == 16, depth
    step = 2 * {0: 1, 2: 3, 4: 2, 6: 4}[color]; size = width * step; rows = zlib.decompress(packed); previous = bytearray(size); result = []
    for y in range(height):
        kind, row = rows[y * (size + 1)], bytearray(rows[y * (size + 1) + 1:(y + 1) * (size + 1)])
        for i in range(size):
            a = row[i - step] if i >= step else 0; b = previous[i]; c = previous[i - step] if i >= step else 0
            p = min((abs(b - c), 0, a), (abs(a - c), 1, b), (abs(a + b - 2 * c), 2, c))[2]
            row[i] = (row[i] + (0, a, b, (a + b) // 2, p)[kind]) % 256
        result += struct.unpack('>%dH' % (size // 2), row); previous = row
    return result
`;

function python(script: string): unknown {
  return runPillow(prelude + script, folder.path);
}

async function restore(network: Parameters<typeof simpleNetwork>[0], ...argv: string[]): Promise<void> {
  const model = await simpleNetwork(network, folder.path);
  const result = await runInFolder(['restore', ...argv, ...model], { cwd: folder.path });
  expect(result).toEqual({ code: 0, stdout: '', stderr: '' });
}

describePhotoReaders('the pixels of a photo', () => {
  it.each([
    { extension: 'png', options: '' },
    { extension: 'tif', options: '' },
    { extension: 'webp', options: ', lossless=True' },
    { extension: 'jpg', options: ', quality=100' },
  ])('stand upright for each orientation of a .$extension, once', async ({ extension, options }) => {
    python(`
for orientation in range(1, 9):
    exif = Image.Exif(); exif[0x0112] = orientation
    rgb.save(f'in/{orientation}.${extension}', exif=exif${options})
`);
    await restore('identity', 'in', '-o', 'out', '--format', 'png');
    await restore('identity', 'in', '-o', 'kept');
    const written = runExiftool(['-n', '-T', '-Orientation', '-r', 'out', 'kept'], folder.path);
    expect(written.trim().split('\n')).toEqual(
      Array.from({ length: 16 }, () => expect.stringMatching(/^[1-]$/)),
    );
    const upright = python(`
result = []
for orientation in range(1, 9):
    file = Image.open(f'in/{orientation}.${extension}')
    stored = rgb if '${extension}' == 'tif' else file # Pillow turns TIFF itself
    upright = stored.transpose(turns[orientation]) if orientation > 1 else stored
    kept = Image.open(f'kept/{orientation}.${extension}')
    result.append([file.getexif().get(0x0112), same(upright, Image.open(f'out/{orientation}.png')),
        kept.size == upright.size and ('${extension}' in ('jpg', 'webp') or same(upright, kept))])
print(json.dumps(result))
`);
    expect(upright).toEqual(Array.from({ length: 8 }, (_, index) => [index + 1, true, true]));
  });

  it('stay what they are, in every kind of file', async () => {
    python(`
rgba = rgb.copy(); rgba.putalpha(Image.linear_gradient('L').resize((20, 14)))
deep = Image.new('I;16', (20, 14))
for i in range(280): deep.putpixel((i % 20, i // 20), i * 234)
palette = rgb.quantize(16)
images = dict(rgb=rgb, rgba=rgba, gray=rgb.convert('L'), la=rgba.convert('LA'), bit=rgb.convert('1'), palette=palette, deep=deep)
for name, image in images.items():
    for extension in ('png', 'tif'): image.save(f'in/{name}-{extension}.{extension}')
palette.save('in/clear-palette.png', transparency=3)
rgb.convert('L').save('in/gray-key.png', transparency=255)
rgb.save('in/key.png', transparency=(0, 0, 0))
rgb.save('in/progressive.jpg', progressive=True)
rgb.convert('L').save('in/gray.jpg')
rgb.save('in/still.gif')
rgb.save('in/lossless.webp', lossless=True)
`);
    const interlaced = await asSharp(testImage({ channels: 4 }))
      .png({ progressive: true })
      .toBuffer();
    await writeFile(folder.file('in', 'interlaced.png'), interlaced);
    await restore('identity', 'in', '-o', 'out-png', '--format', 'png');
    await restore('identity', 'in', '-o', 'out-tif', '--format', 'tiff');
    const differences = python(`
modes = {'P': 'RGB', '1': 'L'}
result = {}
for path in glob.glob('in/*'):
    before = Image.open(path)
    mode = 'RGBA' if 'transparency' in before.info and before.mode != 'L' else 'LA' if 'transparency' in before.info else modes.get(before.mode, before.mode)
    expected = before if before.mode == mode else before.convert(mode)
    for extension in ('png', 'tif'):
        after = Image.open(f'out-{extension}/{os.path.splitext(os.path.basename(path))[0]}.{extension}')
        if after.mode in ('I', 'I;16'): after = after.convert('I'); expected = before.convert('I')
        if not same(expected, after): result[path + ' ' + extension] = [mode, after.mode]
print(json.dumps([len(glob.glob('in/*')), result]))
`);
    expect(differences).toEqual([22, {}]);
    const deep = ['-s3', '-BitDepth', '-BitsPerSample', 'out-png/deep-png.png', 'out-tif/deep-png.tif'];
    expect(runExiftool(deep, folder.path).match(/^\d+$/gm)).toEqual(['16', '16']);
  });

  it.each([1, 2, 3, 4])('keep 16 bits in %i channels: each of 65536 levels', async (channels) => {
    python(
      `write16('deep.png', 256, ${channels}, [(7 * i + 1) % 65536 for i in range(65536 * ${channels})])`,
    );
    // Alpha 0 is among the levels; its pixel keeps its colour too.
    await restore('identity', 'deep.png', '-o', 'out.png');
    await restore('identity', 'deep.png', '-o', 'out.tif');
    await restore('identity', 'out.tif', '-o', 'back.png');
    const levels = python(`
before = read16('deep.png')
print(json.dumps([len(set(before)), before == read16('out.png'), before == read16('back.png')]))
`);
    expect(levels).toEqual([65536, true, true]);
    const bits = runExiftool(['-s3', '-BitsPerSample', 'out.tif'], folder.path).trim().split(' ');
    expect(bits).toEqual(Array.from({ length: channels }, () => '16'));
  });

  it('keep ten bits in AVIF, with black and white where they were', async () => {
    python(
      `write16('deep.png', 256, 1, [257 * (i // 256) + i % 256 if i < 65280 else 65535 for i in range(65536)])`,
    );
    await restore('identity', 'deep.png', '-o', 'deep.avif', '--quality', '100');
    await restore('identity', 'deep.avif', '-o', 'back.png');
    expect(runExiftool(['-s3', '-ImagePixelDepth', 'deep.avif'], folder.path)).toMatch(/^10\b/);
    const result = python(`
before = read16('deep.png'); after = read16('back.png')[::3]
print(json.dumps([len(set(after)) > 900, min(after), max(after), max(abs(a - b) for a, b in zip(before, after)) <= 4 * 64]))
`);
    // AVIF at quality 100 is within a few of its 1023 levels.
    expect(result).toEqual([true, 0, 65535, true]);
  });

  it('enlarge with their alpha, gray staying gray', async () => {
    python(`
for mode in ('L', 'LA', 'RGBA'):
    image = rgb.convert(mode)
    if mode != 'L': image.putalpha(Image.linear_gradient('L').resize((20, 14)))
    image.save(f'in/{mode}.png')
`);
    await restore('double', 'in', '-o', 'out');
    const result = python(`
result = []
for mode in ('L', 'LA', 'RGBA'):
    before, after = Image.open(f'in/{mode}.png'), Image.open(f'out/{mode}.png')
    # Pillow's cubic has a = -1/2 too; it rounds between its passes.
    enlarged = before.getchannel('A').resize((40, 28), Image.BICUBIC) if mode != 'L' else None
    off = max(abs(a - b) for a, b in zip(enlarged.tobytes(), after.getchannel('A').tobytes())) if enlarged else 0
    color = before.resize((40, 28), Image.NEAREST)
    result.append([after.mode, after.size, off <= 1, color.getchannel(0).tobytes() == after.getchannel(0).tobytes()])
print(json.dumps(result))
`);
    expect(result).toEqual(['L', 'LA', 'RGBA'].map((mode) => [mode, [40, 28], true, true]));
  });
});
