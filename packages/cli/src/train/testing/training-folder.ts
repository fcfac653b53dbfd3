import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createParameters, type Image, writeSafetensors } from '@diffir/core';
import type { FeatureNetworkSource } from '@diffir/training';
import { stringify } from 'yaml';
import { asSharp, testImage } from '../../testing/images';

/** The smallest network there is, on patches as small as it takes. */
export const tinyConfig = {
  task: 'deblur',
  stage: 1,
  run: 'run',
  backend: 'wasm',
  workers: 0,
  model: { dim: 4, blocks: [1, 1, 1, 1], refinementBlocks: 0, heads: [1, 1, 1, 1], encoderResidualBlocks: 0 },
  data: { gt: 'photos' },
  patch: 16,
  batch: 2,
  iterations: 4,
  learningRate: 1e-3,
  checkpoints: { every: 2 },
  log: { every: 1 },
} as const;

/** Writes pictures of different content, `a.png`, `b.png`, …, into a folder. */
export async function writePictures(
  folder: string,
  count: number,
  size = { width: 40, height: 32 },
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let index = 0; index < count; index++) {
    const name = `${String.fromCharCode(97 + index)}.png`;
    await asSharp(picture(index, size)).png().toFile(join(folder, name));
  }
}

/** Writes a configuration as YAML. */
export async function writeConfig(path: string, config: object): Promise<void> {
  await writeFile(path, stringify(config));
}

/** Writes a file of a feature network whose weights are all zero. */
export async function writeZeroWeights(path: string, { build }: FeatureNetworkSource): Promise<void> {
  const parameters = createParameters();
  build(parameters.root);
  const tensors = [...parameters.declarations].map(([name, { shape }]) => {
    const size = shape.reduce((product, length) => product * length, 2);
    return { name, dtype: 'f16', shape, bytes: async () => new Uint8Array(size) } as const;
  });
  await writeFile(path, writeSafetensors(tensors));
}

/** The saved state of a run after an iteration, bit by bit. */
export async function savedState(run: string, iteration: number): Promise<Buffer> {
  const folder = `iteration-${String(iteration).padStart(7, '0')}`;
  return readFile(join(run, 'checkpoints', folder, 'training-state.safetensors'));
}

function picture(index: number, { width, height }: { width: number; height: number }): Image {
  const image = testImage({ width: width + index, height });
  return { ...image, data: image.data.map((sample) => (sample * (index + 3)) % 256) };
}
