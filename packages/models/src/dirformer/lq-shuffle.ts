import type { Head } from './options';

/** A pixel-unshuffling factor; 1 leaves the image as it is. */
export type ShuffleFactor = 1 | 2 | 4;

/** How far DIRformer unshuffles the LQ image, so that one ×4 tail serves SR at every scale. */
export function dirformerShuffle(head: Head): ShuffleFactor {
  if (head.kind !== 'upsample') return 1;
  return ({ 1: 4, 2: 2, 4: 1 } as const)[head.scale];
}

/** How far CPEN unshuffles the LQ image: as DIRformer for SR, by 4 for tasks that keep the size. */
export function cpenShuffle(head: Head): ShuffleFactor {
  return head.kind === 'upsample' ? dirformerShuffle(head) : 4;
}
