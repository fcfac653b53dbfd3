import { dirformerShuffle } from './lq-shuffle';
import { type DIRformerOptions, embeddedChannels } from './options';

const BYTES_PER_VALUE = 4;

/**
 * Bytes an allocator needs for one byte of tensors: freed gaps rarely fit what comes next. `bench/memory.ts` on wasm:
 * where ops are composed, and in the ×4 tail, a process grows by 1.45 to 1.6 times what TensorFlow.js counts; by
 * 1.04 times for blocks of fused ops, whose tensors are of few sizes.
 */
const ALLOCATED_PER_BYTE = 1.5;
const ALLOCATED_PER_FUSED_BYTE = 1.1;

/**
 * Bytes of memory that DIRformer takes at its peak, per pixel of the LQ image: its tensors, within 9 % of
 * what TensorFlow.js counts at full size, and the gaps between them. The peak lies in the blocks at full size and
 * width 2d, where the first encoder's features, the stack's input, the block's input, the attention's result and
 * its normalised form wait. Composed, GDFN then holds gate, value and the six steps of the gated GELU; fused, gate
 * and value twice, which is less than MDTA's eight tensors unless GDFN is wide. In
 * super-resolution the ×4 tail takes more: 16 pixels of 2d channels, before and after shuffling.
 */
export function workingBytesPerPixel(options: DIRformerOptions, ops: 'composed' | 'fused'): number {
  const { dim, ffnExpansionFactor, head } = options;
  const width = 2 * dim;
  const hidden = Math.floor(width * ffnExpansionFactor);
  const waiting = dim + 4 * width;
  const attention = waiting + 8 * width;
  const feedForward = waiting + (ops === 'fused' ? 4 : 8) * hidden;
  const tail = head.kind === 'upsample' ? 2 * 16 * width + 4 * width : 0;
  const blocks =
    Math.max(attention, feedForward) * (ops === 'fused' ? ALLOCATED_PER_FUSED_BYTE : ALLOCATED_PER_BYTE);
  const values =
    Math.max(blocks, ALLOCATED_PER_BYTE * tail) / dirformerShuffle(head) ** 2 + 2 * embeddedChannels(options);
  return Math.ceil(values * BYTES_PER_VALUE);
}
