import type { Tensor4D } from '@tensorflow/tfjs';

/** A discriminator as losses see it. */
export interface PictureJudge {
  /** Logits `[N,h,w,1]`, above 0 for real, and the activations on the way; of a picture `[N,H,W,C]` in [0,1]. */
  judge(picture: Tensor4D): { readonly score: Tensor4D; readonly features: readonly Tensor4D[] };
}
