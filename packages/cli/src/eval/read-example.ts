import {
  createRandomSource,
  type Degradation,
  type DegradationContext,
  type Image,
  ImageError,
} from '@diffir/core';
import { fileSeed } from '../batch/file-seed';
import { dropOpaqueAlpha } from '../io/drop-opaque-alpha';
import { findMask } from '../io/find-mask';
import { readPhoto } from '../io/read-photo';
import type { ImagePair } from './find-pairs';
import { fitReference } from './fit-reference';

/** What a network gets, and what it should make of it. */
export interface Example {
  readonly lq: Image;
  /** The ground truth, as large as the result. */
  readonly reference: Image;
  /** Size of the reference over that of `lq`. */
  readonly scale: number;
  readonly mask?: Image;
}

/** Low-quality images made of the ground truth. */
export interface Degrading {
  readonly recipe: Degradation;
  readonly context: DegradationContext;
  readonly seed: number;
}

export interface ReadExampleOptions {
  readonly cwd: string;
  readonly degrading?: Degrading;
  /** File or folder of masks, as the user wrote it. */
  readonly masks?: string;
  readonly scale?: number;
  /** Multiples that ground truth may have been cropped to. */
  readonly multiples?: readonly number[];
}

/**
 * Reads a pair, or reads the ground truth and degrades it: as `diffir degrade` does with the same seed.
 * @throws ImageError when a file cannot be read, or the sizes do not belong together
 */
export async function readExample(
  { name, gt, lq }: ImagePair,
  { cwd, degrading, masks, scale, multiples }: ReadExampleOptions,
): Promise<Example> {
  const { image } = await readPhoto(gt.path, gt.name);
  if (lq === undefined) return degrade(image, name, degrading);
  const input = (await readPhoto(lq.path, lq.name)).image;
  const fitted = fitReference(image, input, {
    name,
    ...(scale !== undefined && { scale }),
    ...(multiples && { multiples }),
  });
  if (masks === undefined) return { lq: input, ...fitted };
  const mask = await findMask(masks, gt, cwd);
  return { lq: input, ...fitted, mask: (await readPhoto(mask.path, mask.name)).image };
}

async function degrade(image: Image, name: string, degrading: Degrading | undefined): Promise<Example> {
  if (degrading === undefined) {
    throw new ImageError({ subject: name, problem: 'there is no low-quality image for it' });
  }
  const { recipe, context, seed } = degrading;
  const random = createRandomSource(fileSeed(seed, name));
  const { lq, gt, mask } = await recipe.degrade(dropOpaqueAlpha(image), random, context);
  return { lq, reference: gt, scale: gt.width / lq.width, ...(mask && { mask }) };
}
