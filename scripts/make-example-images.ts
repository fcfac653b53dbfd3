/**
 * Draws examples/images: a rendered street scene (sharp.png) and the same scene photographed with a
 * shaking hand (blurred.png). Run: node scripts/run.mjs scripts/make-example-images.ts
 */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { blurByCameraShake } from '../packages/tasks/src/deblurring/camera-shake';
import { develop } from './example-scene/develop';
import { randomStream } from './example-scene/noise';
import { render } from './example-scene/render';
import { exampleCamera, exampleScene } from './example-scene/scene';

const [width, height] = [480, 320];
const samples = Number(process.env['SAMPLES'] ?? 64);
const exposure = Number(process.env.EXP ?? 0.75);
const shakeSeed = Number(process.env['SEED'] ?? 1);
const shake = { minLength: 8, maxLength: 10, minNoise: 1, maxNoise: 1 };

const folder = process.env['OUT'] ?? fileURLToPath(new URL('../../examples/images/', import.meta.url));

async function write(name: string, data: Uint8Array): Promise<void> {
  await sharp(data, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 9, adaptiveFiltering: true })
    .toFile(folder + name);
}

const picture = develop(
  render(exampleScene(), exampleCamera, { width, height, samples }),
  width,
  height,
  exposure,
);
const float = {
  data: Float32Array.from(picture, (level) => level / 255),
  width,
  height,
  channels: 3,
} as const;
const blurred = blurByCameraShake(float, randomStream(shakeSeed), shake);
await mkdir(folder, { recursive: true });
await write('sharp.png', picture);
await write('blurred.png', blurred.data);
