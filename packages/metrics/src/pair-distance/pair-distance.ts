import { type Image, ImageError, type RunningBackend, readTensor, withBackend } from '@diffir/core';
import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import { assertSameBatch } from '../pixels/compared-tensor';
import { imageToBatch } from '../pixels/image-to-batch';
import type { PixelSettings } from '../pixels/pixel-settings';
import { assertSameSize } from '../pixels/planes';
import type { MetricId } from '../score/metrics';
import type { Score, ScoreSettings } from '../score/score';

/** Whether samples are rounded to 8 bits first, see `PixelSettings`. */
export type Samples = PixelSettings['samples'];

/** A distance of images from their references that a network measures, with its weights loaded. */
export interface PairDistance<M extends MetricId, S extends ScoreSettings> {
  /**
   * Distance of an image from its reference: whole images as RGB, alpha not compared.
   * @throws ImageError when they differ in size or are too small for the network
   */
  compare(
    reference: Image,
    restored: Image,
    options?: { /** Default: 8-bit. */ readonly samples?: Samples },
  ): Promise<Score<M, S>>;
  /**
   * Distance of each image of a batch `[N,H,W,3]` in [0,1], taken as it is (`samples: 'float'`).
   * @throws ImageError when the batches differ in size, are not RGB or are too small for the network
   */
  compareBatch(reference: Tensor4D, restored: Tensor4D): Promise<readonly Score<M, S>[]>;
  /** Frees the weights. */
  dispose(): void;
}

export interface PairDistanceParts<M extends MetricId, S extends ScoreSettings> {
  readonly metric: M;
  readonly backend: RunningBackend;
  /** What scores say about how they came about. */
  readonly settings: (samples: Samples) => S;
  readonly network: {
    /** The shortest side of a picture that it can compare. */
    readonly smallestSide: number;
    /** Distances `[N]` of two batches `[N,H,W,3]` in [0,1]. */
    distances(reference: Tensor4D, restored: Tensor4D): Tensor1D;
  };
  readonly dispose: () => void;
}

/** A network's distance as functions of images and batches that leave no tensor behind. */
export function createPairDistance<M extends MetricId, S extends ScoreSettings>({
  metric,
  backend,
  settings,
  network,
  dispose,
}: PairDistanceParts<M, S>): PairDistance<M, S> {
  async function values(reference: Tensor4D, restored: Tensor4D): Promise<Float32Array> {
    assertSameBatch(reference, restored);
    assertUsable(metric, network.smallestSide, reference);
    assertUsable(metric, network.smallestSide, restored);
    const result = withBackend(backend, () => network.distances(reference, restored));
    try {
      return await readTensor(backend, result);
    } finally {
      result.dispose();
    }
  }

  return {
    async compare(reference, restored, { samples = '8-bit' } = {}) {
      assertSameSize(reference, restored);
      const [a, b] = withBackend(backend, () => [
        imageToBatch(reference, { samples }, 'reference'),
        imageToBatch(restored, { samples }, 'restored image'),
      ]);
      try {
        const [value = Number.NaN] = await values(a, b);
        return { metric, value, settings: settings(samples) };
      } finally {
        a.dispose();
        b.dispose();
      }
    },
    async compareBatch(reference, restored) {
      const all = await values(reference, restored);
      return Array.from(all, (value) => ({ metric, value, settings: settings('float') }));
    },
    dispose,
  };
}

function assertUsable(metric: MetricId, smallestSide: number, batch: Tensor4D): void {
  const [, height, width, channels] = batch.shape;
  if (channels !== 3) {
    throw new ImageError({ subject: metric, problem: `a batch of ${channels} channels`, remedy: 'give RGB' });
  }
  if (Math.min(width, height) < smallestSide) {
    throw new ImageError({
      subject: metric,
      problem: `${width}×${height} is too small for its network`,
      remedy: `compare images of at least ${smallestSide}×${smallestSide}`,
    });
  }
}
