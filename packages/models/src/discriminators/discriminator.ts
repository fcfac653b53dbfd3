import type { NamedTensorMap, Tensor4D } from '@tensorflow/tfjs-core';

/** What a discriminator makes of a picture. */
export interface Judgement {
  /** Logits, `[N,h,w,1]`: above 0 means real. */
  readonly score: Tensor4D;
  /** Activations on the way there, for feature matching. */
  readonly features: readonly Tensor4D[];
}

/** A network that tells real pictures from restored ones, for adversarial training. */
export interface Discriminator {
  /** `[N,H,W,C]` in [0,1]. */
  judge(picture: Tensor4D): Judgement;
  /**
   * New values, by published name and in run-time layout, of what changes from step to step without being
   * trained. To be put back into the parameters after each step of the optimiser. Empty where nothing does.
   */
  advance(): NamedTensorMap;
  /** Whether a parameter, by its published name, is trained. */
  trains(name: string): boolean;
}
