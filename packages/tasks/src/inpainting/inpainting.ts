import type { TaskDefinition } from '@diffir/core';
import { add, clipByValue, concat, mul, sub, type Tensor4D, zeros } from '@tensorflow/tfjs-core';
import { rejectsByTask } from '../rejects-by-task';
import { maskDegradations } from './mask-degradation';

/** Inpainting: fills the hole a mask marks; the known pixels come back as they were. */
export const inpainting: TaskDefinition = {
  id: 'inpaint',
  description: 'fills the region a mask marks',
  defaultModel: 'inpaint-small',
  mask: 'required',
  degradations: maskDegradations,
  rejects: rejectsByTask('inpaint'),
  prepare({ image, mask }) {
    const hole = mask ?? emptyMask(image);
    const known: Tensor4D = mul(image, sub(1, hole));
    return concat([known, hole], 3);
  },
  compose(output, { image, mask }) {
    const hole = mask ?? emptyMask(image);
    const filled: Tensor4D = clipByValue(output, 0, 1);
    return add(mul(filled, hole), mul(image, sub(1, hole)));
  },
};

/** No hole at all, `[N,H,W,1]`. */
function emptyMask(image: Tensor4D): Tensor4D {
  const [n, h, w] = image.shape;
  return zeros([n, h, w, 1]);
}
