import { DiffIRError } from '@diffir/core';
import type { Tensor4D } from '@tensorflow/tfjs';

/** Which ground truth is meant: as it is, or sharpened by unsharp masking (`usmSharpen`). */
export type GroundTruthKind = 'plain' | 'sharpened';

/** The ground truth as it is, and sharpened where something asks for it; `[N,H,W,3]` in [0,1]. */
export interface GroundTruths {
  readonly gt: Tensor4D;
  readonly sharpenedGt?: Tensor4D;
}

/**
 * The ground truth of a kind.
 * @throws DiffIRError when the sharpened one is asked for and there is none
 */
export function groundTruthOf({ gt, sharpenedGt }: GroundTruths, kind: GroundTruthKind): Tensor4D {
  if (kind === 'plain') return gt;
  if (sharpenedGt !== undefined) return sharpenedGt;
  throw new DiffIRError({
    subject: 'batch',
    problem: 'it holds no sharpened ground truth',
    remedy: 'make its examples with `addSharpenedGt`',
  });
}
