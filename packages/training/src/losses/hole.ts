import { DiffIRError } from '@diffir/core';
import { slice, type Tensor4D } from '@tensorflow/tfjs';

/** Channels of an LQ image with a mask: colour, then the mask. */
const MASKED_CHANNELS = 4;

/**
 * The mask of an inpainting LQ image `[N,H,W,4]`: its fourth channel, 1 in the hole, `[N,H,W,1]`.
 * @throws DiffIRError when it has none
 */
export function holeOf(lq: Tensor4D): Tensor4D {
  const [n, h, w, channels] = lq.shape;
  if (isMasked(lq)) return slice(lq, [0, 0, 0, channels - 1], [n, h, w, 1]);
  throw new DiffIRError({
    subject: 'LQ image',
    problem: `has ${channels} channels and so no mask`,
    remedy: 'use losses with masks for inpainting only',
  });
}

/** Whether an LQ image comes with a mask. */
export function isMasked(lq: Tensor4D): boolean {
  return lq.shape[3] === MASKED_CHANNELS;
}
