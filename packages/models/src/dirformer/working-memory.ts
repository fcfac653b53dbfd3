import { dirformerShuffle } from './lq-shuffle';
import type { DIRformerOptions } from './options';

const BYTES_PER_VALUE = 4;

/**
 * Bytes that DIRformer's tensors take at their peak, per pixel of the LQ image. The peak lies in the
 * blocks at full size and width 2d: block input, normalised input, and either q, k, v with one branch
 * under way, or gate and value with the GELU under way; the encoder's features and the picture wait
 * beside it. In super-resolution the ×4 tail takes more: 16 pixels of 2d channels, twice.
 */
export function workingBytesPerPixel(options: DIRformerOptions): number {
  const { dim, ffnExpansionFactor, head, inputChannels } = options;
  const width = 2 * dim;
  const hidden = Math.floor(width * ffnExpansionFactor);
  const attention = 2 * width + 5 * width;
  const feedForward = 2 * width + 6 * hidden;
  const tail = head.kind === 'upsample' ? 2 * 16 * width + 4 * width : 0;
  const shuffled = dirformerShuffle(head) ** 2;
  const values = Math.max(attention + dim, feedForward + dim, tail) / shuffled + 2 * inputChannels;
  return values * BYTES_PER_VALUE;
}
