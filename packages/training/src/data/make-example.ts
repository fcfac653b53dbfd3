import {
  type Degradation,
  type DegradationContext,
  type Image,
  ImageError,
  type RandomSource,
} from '@diffir/core';
import { type AugmentationOptions, augmentImage, drawAugmentation } from './augment-image';
import { type CropBox, cropImage } from './crop-image';
import { growBox } from './grow-box';
import { sharpenPatch } from './sharpen-patch';
import { toRgb } from './to-rgb';
import type { ExamplePictures, TrainingExample } from './training-example';

export interface ExampleOptions {
  /** Side of the GT patch; a multiple of `scale`. */
  readonly patch: number;
  /** GT size over LQ size. */
  readonly scale: number;
  readonly augmentation?: AugmentationOptions;
  /** How LQ is made where the pictures have none. */
  readonly degradation?: Degradation;
  readonly context?: DegradationContext;
  /** Pixels around the patch that are degraded with it, so that its rim is blurred with true neighbours. */
  readonly margin?: number;
  /** Take the sharpened ground truth for GT where the recipe makes one. */
  readonly sharpenGt?: boolean;
  /** Add the sharpened ground truth: the recipe's where it makes one. */
  readonly addSharpenedGt?: boolean;
}

/**
 * Draws one example out of decoded pictures: a random patch, degraded unless the pictures are a pair, then
 * flipped and turned at random. All randomness comes from `random`.
 * @throws ImageError when the pictures are smaller than the patch, or a pair's sizes disagree
 */
export async function makeExample(
  { name, gt, lq }: ExamplePictures,
  options: ExampleOptions,
  random: RandomSource,
): Promise<TrainingExample> {
  const { patch, scale } = options;
  const ground = toRgb(gt);
  if (lq !== undefined) assertPair({ name, lq, gt }, scale);
  if (Math.min(gt.width, gt.height) < patch) {
    throw new ImageError({
      subject: name,
      problem: `it is ${gt.width}×${gt.height}, smaller than the patch of ${patch}×${patch}`,
      remedy: 'take it out of the data, or train on smaller patches',
    });
  }
  const box = drawPatch(random, ground, options);
  const augmentation = drawAugmentation(random, options.augmentation);
  const example =
    lq === undefined
      ? await degradePatch({ name, gt: ground, box }, options, random)
      : { lq: cropImage(toRgb(lq), shrink(box, scale)), gt: cropImage(ground, box) };
  const sharpened = options.addSharpenedGt && (example.sharpenedGt ?? sharpenPatch(ground, box));
  return {
    lq: augmentImage(toRgb(example.lq), augmentation),
    gt: augmentImage(toRgb(example.gt), augmentation),
    ...(sharpened && { sharpenedGt: augmentImage(toRgb(sharpened), augmentation) }),
    ...(example.mask && { mask: augmentImage(example.mask, augmentation) }),
  };
}

/** At a multiple of the scale, so that LQ has a pixel there. */
function drawPatch(
  random: RandomSource,
  { width, height }: Image,
  { patch, scale }: ExampleOptions,
): CropBox {
  const draw = (length: number) => {
    const places = Math.floor((length - patch) / scale) + 1;
    return Math.floor(random() * places) * scale;
  };
  return { x: draw(width), y: draw(height), width: patch, height: patch };
}

interface PatchOfPicture {
  readonly name: string;
  readonly gt: Image;
  readonly box: CropBox;
}

async function degradePatch(
  { name, gt, box }: PatchOfPicture,
  { degradation, context, margin = 0, scale, sharpenGt = false }: ExampleOptions,
  random: RandomSource,
): Promise<TrainingExample> {
  if (degradation === undefined) {
    throw new ImageError({ subject: name, problem: 'it has no LQ picture, and no recipe makes one' });
  }
  const around = Math.ceil(margin / scale) * scale;
  const region = growBox(box, around, gt);
  const made = await degradation.degrade(cropImage(gt, region), random, context);
  const inner = { ...box, x: box.x - region.x, y: box.y - region.y };
  const target = sharpenGt ? (made.sharpenedGt ?? made.gt) : made.gt;
  return {
    lq: cropImage(made.lq, shrink(inner, scale)),
    gt: cropImage(target, inner),
    ...(made.sharpenedGt && { sharpenedGt: cropImage(made.sharpenedGt, inner) }),
    ...(made.mask && { mask: cropImage(made.mask, inner) }),
  };
}

function shrink({ x, y, width, height }: CropBox, scale: number): CropBox {
  return { x: x / scale, y: y / scale, width: width / scale, height: height / scale };
}

function assertPair({ name, lq, gt }: Required<ExamplePictures>, scale: number): void {
  if (lq.width * scale === gt.width && lq.height * scale === gt.height) return;
  throw new ImageError({
    subject: name,
    problem: `LQ is ${lq.width}×${lq.height} and GT ${gt.width}×${gt.height}, which is not ×${scale}`,
    remedy: 'pair pictures of fitting sizes',
  });
}
