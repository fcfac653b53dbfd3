import { ImageError } from '@diffir/core';
import {
  add,
  clipByValue,
  mul,
  round,
  slice,
  sum,
  type Tensor4D,
  tensor1d,
  tidy,
} from '@tensorflow/tfjs-core';
import { lumaWeights } from './luma';
import type { PixelSettings } from './pixel-settings';
import { PEAK } from './planes';

/**
 * What of a batch `[N,H,W,C]` in [0,1] is compared, as `planesOf` for images: rounding, channel and border
 * applied; stays in [0,1], luma with it (16/255 to 235/255). The caller disposes it.
 * @throws ImageError for channels other than 1 and 3, or when nothing is left inside the border
 */
export function comparedTensor(x: Tensor4D, { channel, border, samples }: PixelSettings): Tensor4D {
  const [count, height, width, channels] = x.shape;
  const inside = [height - 2 * border, width - 2 * border] as const;
  if (channels !== 1 && channels !== 3) {
    throw new ImageError({
      subject: 'batch',
      problem: `${channels} channels`,
      remedy: 'give 1 (gray) or 3 (RGB)',
    });
  }
  if (Math.min(...inside) < 1) {
    throw new ImageError({
      subject: 'batch',
      problem: `nothing of ${width}×${height} is left inside a border of ${border}`,
      remedy: 'use a smaller border',
    });
  }
  return tidy(() => {
    const cropped = border === 0 ? x : slice(x, [0, border, border, 0], [count, ...inside, channels]);
    const levels: Tensor4D =
      samples === 'float' ? cropped : mul(round(mul(clipByValue(cropped, 0, 1), PEAK)), 1 / PEAK);
    if (channel === 'rgb') return levels.clone();
    const { red, green, blue, offset } = lumaWeights;
    const weights = channels === 3 ? [red, green, blue] : [red + green + blue];
    return add<Tensor4D>(sum(mul(levels, tensor1d(weights.map((w) => w / PEAK))), 3, true), offset / PEAK);
  });
}

/** @throws ImageError when two batches differ in count or size */
export function assertSameBatch(reference: Tensor4D, restored: Tensor4D): void {
  const [a, b] = [reference.shape, restored.shape];
  if (a.slice(0, 3).every((length, axis) => length === b[axis])) return;
  throw new ImageError({
    subject: 'restored batch',
    problem: `its shape is [${b}] and that of its reference [${a}]`,
    remedy: 'compare batches of one size',
  });
}
