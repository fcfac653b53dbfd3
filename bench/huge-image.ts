/**
 * Restores a generated picture of 12,000×9,000 pixels with a single convolution, to show that memory does
 * not grow with the picture. `node scripts/run.mjs bench/huge-image.ts`, and with `--size 6000x4000`,
 * `--format jpeg`, `--metadata` (a colour profile and EXIF), `--orientation 6`, `--noise` (like a photo's),
 * `--alpha` (parts are hidden), `--mask` (as large, for a network that fills holes).
 * Prints one line of JSON: size, `seconds`, and resident MiB `before` and at the `peak`.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { conv3x3, definePlugin, type ModelBlueprint, writeSafetensors } from '@diffir/core';
import { createRestorer } from 'diffir';
import sharp from 'sharp';

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '12000x9000' },
    format: { type: 'string', default: 'png' },
    metadata: { type: 'boolean', default: false },
    noise: { type: 'boolean', default: false },
    alpha: { type: 'boolean', default: false },
    mask: { type: 'boolean', default: false },
    orientation: { type: 'string', default: '1' },
  },
});
const [width = 0, height = 0] = values.size.split('x').map(Number);

const blueprint: ModelBlueprint = {
  descriptor: {
    architecture: 'one-convolution',
    purpose: 'measuring memory',
    tasks: [values.mask ? 'inpaint' : 'deblur'],
    scale: 1,
    inputChannels: values.mask ? 4 : 3,
    outputChannels: 3,
    sizeMultiple: 8,
    workingBytesPerPixel: 64,
    tiling: 'independent',
  },
  options: {},
  macs: (rows, columns) => 81 * rows * columns,
  build(scope) {
    const conv = conv3x3(scope.scope('conv'), { inputs: values.mask ? 4 : 3, outputs: 3, bias: false });
    return { descriptor: blueprint.descriptor, restore: (input) => conv.forward(input) };
  },
};
const detect = async () => blueprint;
const models = [{ id: 'one-convolution', description: 'a single 3×3 convolution', detect }];
const plugin = definePlugin({ name: 'one-convolution', models });

const folder = await mkdtemp(join(tmpdir(), 'diffir-huge-'));
const mask = join(folder, 'mask.png');
try {
  const inputs = values.mask ? 4 : 3;
  const kernel = new Uint8Array(27 * inputs * Float32Array.BYTES_PER_ELEMENT);
  const weight = {
    name: 'conv.weight',
    dtype: 'f32',
    shape: [3, inputs, 3, 3],
    bytes: async () => kernel,
  } as const;
  await writeFile(join(folder, 'model.safetensors'), writeSafetensors([weight]));
  const input = join(folder, `in.${values.format}`);
  await writeInput(input);
  if (values.mask) await writeInput(mask, 'png');
  const resident = () => Math.round(process.memoryUsage().rss / 2 ** 20);
  const before = resident();
  const model = join(folder, 'model.safetensors');
  const output = join(folder, `out.${values.format}`);
  const restorer = await createRestorer({ model, plugins: [plugin], backend: 'wasm' });
  const start = performance.now();
  await restorer.restoreFile(input, output, values.mask ? { mask } : {});
  const seconds = Math.round((performance.now() - start) / 1000);
  await restorer.dispose();
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  const written = await sharp(output, { limitInputPixels: false }).metadata();
  console.log(JSON.stringify({ width: written.width, height: written.height, seconds, before, peak }));
} finally {
  await rm(folder, { recursive: true });
}

/** In a process of its own: what encoding takes is not what is measured. */
async function writeInput(path: string, format = values.format): Promise<void> {
  const options = {
    width,
    height,
    noise: values.noise,
    metadata: values.metadata,
    path,
    format,
    alpha: values.alpha && path !== mask,
    orientation: Number(values.orientation),
  };
  const script = `
import sharp from 'sharp';
const { width, height, noise, alpha, metadata, path, format, orientation } = ${JSON.stringify(options)};
const small = { width: 1500, height: 1125, channels: 3, background: 'gray' };
const create = noise ? { ...small, noise: { type: 'gaussian', mean: 128, sigma: 20 } } : small;
const drawn = sharp({ create });
// Hidden on the left, then more and more opaque.
const opacity = Buffer.from(Array.from({ length: 1500 * 1125 }, (_, pixel) => Math.max(0, (pixel % 1500) / 5 - 45)));
if (alpha) drawn.joinChannel(opacity, { raw: { width: 1500, height: 1125, channels: 1 } });
const tile = await drawn.png().toBuffer();
const picture = sharp(tile).resize(width, height, { fit: 'fill', kernel: 'cubic' });
if (metadata) picture.withIccProfile('p3').withExif({ IFD0: { Artist: 'Somebody' } });
if (orientation > 1) picture.withMetadata({ orientation });
await picture.toFormat(format, format === 'png' ? { compressionLevel: 1 } : {}).toFile(path);
`;
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
}
