import {
  dispose,
  image as images,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  tensor2d,
  tensor4d,
  tidy,
} from '@tensorflow/tfjs';
import type { RunningBackend } from '../backend/backend';
import { readTensor, withBackend } from '../backend/with-backend';
import { ModelUseError } from '../errors/model-use-error';
import { assertImage } from '../image/assert-image';
import type { Image } from '../image/image';
import { holeFromMask } from '../image/mask';
import { type ColorAndAlpha, joinAlpha, splitAlpha } from '../image/planes';
import { fromUnitRange, toUnitRange } from '../image/samples';
import type { RestorationModel } from '../model/model';
import { estimatePrior } from '../prior/estimate-prior';
import type { PriorEstimator } from '../prior/prior';
import type { TaskDefinition, TaskInputs } from '../task/task';
import { cropToSize, padToMultiple } from './padding';
import { priorNoise } from './prior-noise';

/** How far a restoration has come. */
export interface RestoreProgress {
  readonly pixelsDone: number;
  readonly pixelsTotal: number;
}

export interface RestoreOptions {
  /** The region to fill, for tasks that need one: white (or opaque) = hole, same size as the image. */
  readonly mask?: Image;
  /** Seed of z_T, a 32-bit integer; the same seed gives the same picture. Default 0. */
  readonly seed?: number;
  /** Aborting rejects with the signal's reason and frees everything. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RestoreProgress) => void;
}

/** What restores: a network, the task that wraps it, and where it runs. */
export interface RestorationSetup {
  readonly network: RestorationModel;
  readonly task: TaskDefinition;
  readonly backend: RunningBackend;
}

/**
 * Restores one image: task.prepare, padding, IPR, network, crop, task.compose. The result has the
 * storage and channels of the input and `scale` times its size; alpha is kept (enlarged for scale > 1).
 * @throws ImageError for an image or mask that is not what it claims
 * @throws ModelUseError when a mask is missing or not wanted
 * @throws OutOfMemoryError when the backend runs out of memory
 */
export async function restoreImage(
  { network, task, backend }: RestorationSetup,
  image: Image,
  { mask, seed = 0, signal, onProgress }: RestoreOptions = {},
): Promise<Image> {
  signal?.throwIfAborted();
  assertImage(image);
  assertMaskUse(task, mask);
  const { scale, sizeMultiple } = network.descriptor;
  const [height, width] = [image.height * scale, image.width * scale];
  const pixelsTotal = height * width;
  const planes = splitAlpha(image, toUnitRange(image.data));
  const tensors: Tensor[] = [];
  const run = <T extends Tensor>(compute: () => T): T => {
    const result = withBackend(backend, () => tidy(compute));
    tensors.push(result);
    return result;
  };
  onProgress?.({ pixelsDone: 0, pixelsTotal });
  try {
    const color: Tensor4D = run(() => tensor4d(planes.color, [1, image.height, image.width, 3]));
    const hole = mask && holeFromMask(mask, image);
    const inputs: TaskInputs = {
      image: color,
      ...(hole && { mask: run(() => tensor4d(hole, [1, image.height, image.width, 1])) }),
    };
    const padded = run(() => padToMultiple(task.prepare(inputs), sizeMultiple));
    const ipr = network.prior && run(iprOf(network.prior, padded, seed));
    await nextTurn();
    signal?.throwIfAborted();
    const restored = run(() => task.compose(cropToSize(network.restore(padded, ipr), height, width), inputs));
    const alpha = planes.alpha && (await enlargeAlpha(planes.alpha, image, { backend, scale }));
    const result = await readTensor(backend, restored);
    signal?.throwIfAborted();
    onProgress?.({ pixelsDone: pixelsTotal, pixelsTotal });
    return toImage({ color: result, ...(alpha && { alpha }) }, image, { height, width });
  } finally {
    withBackend(backend, () => dispose(tensors));
  }
}

function assertMaskUse(task: TaskDefinition, mask: Image | undefined): void {
  if (task.mask === 'required' && mask === undefined) {
    throw new ModelUseError({ subject: task.id, problem: 'needs a mask', remedy: 'give one, white = hole' });
  }
  if (task.mask === 'none' && mask !== undefined) {
    throw new ModelUseError({ subject: task.id, problem: 'takes no mask', remedy: 'leave it out' });
  }
}

function iprOf(prior: PriorEstimator, input: Tensor4D, seed: number): () => Tensor2D {
  const { size } = prior.encoder;
  return () => estimatePrior(prior, input, tensor2d(priorNoise(seed, size), [1, size])).ipr;
}

interface AlphaSetup {
  readonly backend: RunningBackend;
  readonly scale: number;
}

async function enlargeAlpha(
  alpha: Float32Array,
  image: Image,
  { backend, scale }: AlphaSetup,
): Promise<Float32Array> {
  if (scale === 1) return alpha;
  const { width, height } = image;
  const enlarged = withBackend(backend, () =>
    tidy(() => {
      const plane = tensor4d(alpha, [1, height, width, 1]);
      return images.resizeBilinear(plane, [height * scale, width * scale], false, true);
    }),
  );
  try {
    return await readTensor(backend, enlarged);
  } finally {
    enlarged.dispose();
  }
}

interface OutputSize {
  readonly height: number;
  readonly width: number;
}

function toImage(planes: ColorAndAlpha, like: Image, { height, width }: OutputSize): Image {
  const values = joinAlpha(planes, like.channels);
  return { data: fromUnitRange(values, like.data), width, height, channels: like.channels };
}

/** Lets timers, input and abort signals in. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
