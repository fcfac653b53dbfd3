import { dirformerShuffle } from './lq-shuffle';
import type { DIRformerOptions } from './options';

const BYTES_PER_VALUE = 4;

/**
 * Bytes an allocator needs for one byte of tensors: freed gaps rarely fit what comes next. On wasm a process
 * grows by 1.45 to 1.6 times what TensorFlow.js counts (`bench/memory.ts`).
 */
const ALLOCATED_PER_BYTE = 1.5;

/**
 * Bytes of memory that DIRformer takes at its peak, per pixel of the LQ image: its tensors, within 6 % of
 * what TensorFlow.js counts for deblurring and inpainting at full size, and the gaps between them. The peak lies in the blocks at full size and width 2d:
 * the first encoder's features, the stack's input, the block's input, the attention's result and its
 * normalised form wait while GDFN holds gate, value and the six steps of the gated GELU. In
 * super-resolution the ×4 tail takes more: 16 pixels of 2d channels, before and after shuffling.
 */
export function workingBytesPerPixel(options: DIRformerOptions): number {
  const { dim, ffnExpansionFactor, head, inputChannels } = options;
  const width = 2 * dim;
  const hidden = Math.floor(width * ffnExpansionFactor);
  const waiting = dim + 4 * width;
  const attention = waiting + 7 * width;
  const feedForward = waiting + 8 * hidden;
  const tail = head.kind === 'upsample' ? 2 * 16 * width + 4 * width : 0;
  const shuffled = dirformerShuffle(head) ** 2;
  const values = Math.max(attention, feedForward, tail) / shuffled + 2 * inputChannels;
  return values * BYTES_PER_VALUE * ALLOCATED_PER_BYTE;
}
