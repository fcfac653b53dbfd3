import type { Image } from '@diffir/core';

/** The pictures of one example, decoded; without `lq` it is made by degrading. */
export interface ExamplePictures {
  /** What errors call them. */
  readonly name: string;
  readonly gt: Image;
  readonly lq?: Image;
}

/** One example of a batch. */
export interface TrainingExample {
  readonly lq: Image;
  readonly gt: Image;
  /** GT sharpened, where a loss is taken against that. */
  readonly sharpenedGt?: Image;
  /** For inpainting: one channel, 255 = hole. */
  readonly mask?: Image;
}
