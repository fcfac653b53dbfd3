import { type RunningBackend, readTensor, withBackend } from '@diffir/core';
import { mean, squaredDifference, type Tensor, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import { assertSameBatch, comparedTensor } from '../pixels/compared-tensor';
import { type PixelSettings, pixelSettings } from '../pixels/pixel-settings';
import { decibels, type PsnrScore } from './psnr';

/**
 * PSNR of each image of a batch, `[N,H,W,C]` with C = 1 or 3 and values in [0,1]; as `psnr`, with the
 * mean squared error in the backend's single precision.
 * @throws ImageError when the batches do not fit each other or nothing is left inside the border
 */
export async function psnrOfBatch(
  backend: RunningBackend,
  reference: Tensor4D,
  restored: Tensor4D,
  options: Partial<PixelSettings> = {},
): Promise<readonly PsnrScore[]> {
  const settings = pixelSettings(options);
  assertSameBatch(reference, restored);
  const errors = withBackend(backend, () =>
    tidy((): Tensor => {
      const difference = squaredDifference(
        comparedTensor(reference, settings),
        comparedTensor(restored, settings),
      );
      // Axis by axis: sums of millions of values would lose digits in single precision.
      return mean(mean(mean(difference, 3), 2), 1);
    }),
  );
  try {
    const values = await readTensor(backend, errors);
    return Array.from(values, (error) => ({ metric: 'psnr', value: decibels(error), settings }));
  } finally {
    errors.dispose();
  }
}
