import { type Image, ImageError } from '@diffir/core';
import { modCrop } from '@diffir/metrics';

interface FitOptions {
  /** Size of the ground truth over that of the low-quality image; default: what their sizes say. */
  readonly scale?: number;
  /** Multiples that ground truth may have been cropped to before the low-quality image was made of it. */
  readonly multiples?: readonly number[];
  /** What errors call the pair. */
  readonly name: string;
}

interface FittedReference {
  readonly reference: Image;
  readonly scale: number;
}

/**
 * The part of the ground truth that a low-quality image shows: low-quality images are made of ground truth that
 * was cropped to a multiple of the scale.
 * @throws ImageError when the sizes do not belong together
 */
export function fitReference(
  gt: Image,
  lq: Image,
  { scale, multiples = [], name }: FitOptions,
): FittedReference {
  const ratio = scale ?? Math.floor(gt.width / lq.width);
  const [width, height] = [lq.width * ratio, lq.height * ratio];
  const shortest = Math.min(gt.width, gt.height);
  for (const multiple of [1, ratio, ...multiples]) {
    if (multiple < 1 || multiple > shortest) continue;
    const reference = modCrop(gt, multiple);
    if (ratio > 0 && reference.width === width && reference.height === height)
      return { reference, scale: ratio };
  }
  throw new ImageError({
    subject: name,
    problem: `the ground truth has ${gt.width}×${gt.height} pixels and the low-quality image ${lq.width}×${lq.height}`,
    remedy:
      scale === undefined
        ? 'give images that belong together'
        : `give images that ×${scale} makes equal in size`,
  });
}
