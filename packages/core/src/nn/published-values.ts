import type { Tensor } from '@tensorflow/tfjs-core';
import { type AxisRange, elements, putPart } from './parts';

/** A parameter's values in published order. */
export interface PublishedValues {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Tensors in published layout that together make up one parameter. */
export interface LaidOut {
  readonly shape: readonly number[];
  readonly parts: readonly { readonly range: AxisRange | undefined; readonly tensor: Tensor }[];
}

/** Reads the pieces back and puts them together; disposes them. */
export async function joinParts({ shape, parts }: LaidOut): Promise<PublishedValues> {
  const values = new Float32Array(elements(shape));
  const read = await Promise.all(parts.map(({ tensor }) => tensor.data<'float32'>()));
  parts.forEach(({ range, tensor }, index) => {
    tensor.dispose();
    const part = read[index] ?? new Float32Array(0);
    if (range === undefined) values.set(part);
    else putPart(values, shape, range, part);
  });
  return { shape, values };
}
