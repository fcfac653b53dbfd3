/**
 * Restores a generated 12,000×9,000 PNG with a single convolution, to show that memory does not grow
 * with the picture beyond the decoded picture itself. `node scripts/run.mjs bench/huge-image.ts`
 * Prints one line of JSON: size, `seconds`, and resident MiB `before` and at the `peak`.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conv3x3, definePlugin, type ModelBlueprint, writeSafetensors } from '@diffir/core';
import { createRestorer } from 'diffir';
import sharp from 'sharp';

const [width, height] = [12_000, 9000];

const blueprint: ModelBlueprint = {
  descriptor: {
    architecture: 'one-convolution',
    purpose: 'measuring memory',
    tasks: ['deblur'],
    scale: 1,
    inputChannels: 3,
    outputChannels: 3,
    sizeMultiple: 8,
    workingBytesPerPixel: 64,
    tiling: 'independent',
  },
  options: {},
  macs: (rows, columns) => 81 * rows * columns,
  build(scope) {
    const conv = conv3x3(scope.scope('conv'), { inputs: 3, outputs: 3, bias: false });
    return { descriptor: blueprint.descriptor, restore: (input) => conv.forward(input) };
  },
};
const detect = async () => blueprint;
const models = [{ id: 'one-convolution', description: 'a single 3×3 convolution', detect }];
const plugin = definePlugin({ name: 'one-convolution', models });

const folder = await mkdtemp(join(tmpdir(), 'diffir-huge-'));
try {
  const kernel = new Uint8Array(81 * Float32Array.BYTES_PER_ELEMENT);
  const weight = {
    name: 'conv.weight',
    dtype: 'f32',
    shape: [3, 3, 3, 3],
    bytes: async () => kernel,
  } as const;
  await writeFile(join(folder, 'model.safetensors'), writeSafetensors([weight]));
  await sharp({ create: { width, height, channels: 3, background: 'gray' } })
    .png({ compressionLevel: 1 })
    .toFile(join(folder, 'in.png'));
  const resident = () => Math.round(process.memoryUsage().rss / 2 ** 20);
  const before = resident();
  const model = join(folder, 'model.safetensors');
  const restorer = await createRestorer({ model, plugins: [plugin], backend: 'wasm' });
  const start = performance.now();
  await restorer.restoreFile(join(folder, 'in.png'), join(folder, 'out.png'));
  const seconds = Math.round((performance.now() - start) / 1000);
  await restorer.dispose();
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  const output = await sharp(join(folder, 'out.png'), { limitInputPixels: false }).metadata();
  console.log(JSON.stringify({ width: output.width, height: output.height, seconds, before, peak }));
} finally {
  await rm(folder, { recursive: true });
}
