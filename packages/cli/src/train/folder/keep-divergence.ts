import { join, relative } from 'node:path';
import { type TensorToWrite, writeSafetensors } from '@diffir/core';
import type { Divergence, PlainBatch } from '@diffir/training';
import { writeAtomically } from '../../io/write-atomically';

/**
 * Saves the batches that a run diverged on, as float32 tensors `[N,H,W,C]`.
 * @returns the file
 */
export async function keepDivergence(folder: string, { iteration, batches }: Divergence): Promise<string> {
  const path = join(folder, `diverged-${String(iteration + 1).padStart(7, '0')}.safetensors`);
  const tensors = batches.flatMap(batchTensors);
  await writeAtomically(path, writeSafetensors(tensors), { overwrite: true });
  return relative(process.cwd(), path) || path;
}

function batchTensors(
  { images, lqSize, gtSize, lq, gt, sharpenedGt, mask, noise }: PlainBatch,
  index: number,
): TensorToWrite[] {
  const tensor = (name: string, shape: readonly number[], values: Float32Array): TensorToWrite => ({
    name: `${index}.${name}`,
    dtype: 'f32',
    shape,
    bytes: async () => new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  });
  return [
    tensor('lq', [images, ...lqSize, 3], lq),
    tensor('gt', [images, ...gtSize, 3], gt),
    tensor('noise', [images, noise.length / images], noise),
    ...(sharpenedGt === undefined ? [] : [tensor('sharpenedGt', [images, ...gtSize, 3], sharpenedGt)]),
    ...(mask === undefined ? [] : [tensor('mask', [images, ...lqSize, 1], mask)]),
  ];
}
