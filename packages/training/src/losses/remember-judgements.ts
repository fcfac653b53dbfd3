import type { Tensor4D } from '@tensorflow/tfjs';
import type { PictureJudge } from './picture-judge';

/** A discriminator that several losses of one step look at: each picture is judged once. */
export function rememberJudgements(discriminator: PictureJudge): PictureJudge {
  const judged = new WeakMap<Tensor4D, ReturnType<PictureJudge['judge']>>();
  return {
    judge(picture) {
      const known = judged.get(picture);
      if (known !== undefined) return known;
      const judgement = discriminator.judge(picture);
      judged.set(picture, judgement);
      return judgement;
    },
  };
}
