import { ImageError, type TaskDefinition, type TaskInputs, toUnitRange } from '@diffir/core';
import { IPR_SIZE } from '@diffir/models';
import { tensor2d, tensor4d } from '@tensorflow/tfjs';
import type { DiffusionBatch } from '../stages/training-batch';
import type { TrainingExample } from './training-example';

/** Height and width. */
export type PlainSize = readonly [height: number, width: number];

/** A batch outside of any backend, fit to be sent to a thread or saved; values in [0,1], image by image. */
export interface PlainBatch {
  readonly images: number;
  readonly lqSize: PlainSize;
  readonly gtSize: PlainSize;
  /** RGB. */
  readonly lq: Float32Array<ArrayBuffer>;
  readonly gt: Float32Array<ArrayBuffer>;
  /** GT sharpened, where a loss is taken against that. */
  readonly sharpenedGt?: Float32Array<ArrayBuffer>;
  /** 1 = hole; of LQ's size. */
  readonly mask?: Float32Array<ArrayBuffer>;
  /** ε of stage 2, 256 values an image. */
  readonly noise: Float32Array<ArrayBuffer>;
}

/** An example and its ε. */
export interface NoisyExample extends TrainingExample {
  readonly noise: Float32Array;
}

/**
 * Puts examples of one size together.
 * @throws ImageError when their sizes differ or there are none
 */
export function toPlainBatch(examples: readonly NoisyExample[]): PlainBatch {
  const [first] = examples;
  if (first === undefined) throw new ImageError({ subject: 'batch', problem: 'it has no images' });
  const masks = examples.flatMap(({ mask }) => (mask === undefined ? [] : [toUnitRange(mask.data)]));
  const sharpened = examples.flatMap(({ sharpenedGt }) =>
    sharpenedGt === undefined ? [] : [toUnitRange(sharpenedGt.data)],
  );
  const batch = {
    images: examples.length,
    lqSize: [first.lq.height, first.lq.width],
    gtSize: [first.gt.height, first.gt.width],
    lq: join(examples.map(({ lq }) => toUnitRange(lq.data))),
    gt: join(examples.map(({ gt }) => toUnitRange(gt.data))),
    noise: join(examples.map(({ noise }) => noise)),
    ...(sharpened.length > 0 && { sharpenedGt: join(sharpened) }),
    ...(masks.length > 0 && { mask: join(masks) }),
  } as const;
  const fits = (values: Float32Array, [height, width]: PlainSize, channels: number) =>
    values.length === examples.length * height * width * channels;
  const { sharpenedGt = batch.gt } = batch;
  if (!fits(batch.lq, batch.lqSize, 3) || ![batch.gt, sharpenedGt].every((gt) => fits(gt, batch.gtSize, 3))) {
    throw new ImageError({ subject: 'batch', problem: 'its images differ in size' });
  }
  return batch;
}

/** Some of a batch's images, in their order. */
export function sliceBatch(batch: PlainBatch, start: number, images: number): PlainBatch {
  const cut = (values: Float32Array<ArrayBuffer>) => {
    const each = values.length / batch.images;
    return values.slice(start * each, (start + images) * each);
  };
  return {
    images,
    lqSize: batch.lqSize,
    gtSize: batch.gtSize,
    lq: cut(batch.lq),
    gt: cut(batch.gt),
    noise: cut(batch.noise),
    ...(batch.sharpenedGt && { sharpenedGt: cut(batch.sharpenedGt) }),
    ...(batch.mask && { mask: cut(batch.mask) }),
  };
}

/** A batch as tensors on the current backend: LQ as the task hands it to the network. */
export function batchTensors(batch: PlainBatch, task: TaskDefinition): DiffusionBatch {
  const { images, gtSize, sharpenedGt } = batch;
  return {
    lq: task.prepare(inputTensors(batch)),
    gt: tensor4d(batch.gt, [images, ...gtSize, 3]),
    ...(sharpenedGt && { sharpenedGt: tensor4d(sharpenedGt, [images, ...gtSize, 3]) }),
    noise: tensor2d(batch.noise, [images, IPR_SIZE]),
  };
}

/** What a batch gives its task, as tensors on the current backend. */
export function inputTensors({ images, lqSize, lq, mask }: PlainBatch): TaskInputs {
  return {
    image: tensor4d(lq, [images, ...lqSize, 3]),
    ...(mask && { mask: tensor4d(mask, [images, ...lqSize, 1]) }),
  };
}

function join(parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const joined = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
