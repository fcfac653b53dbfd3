import type { BlurKernel, JpegCodec, RandomSource } from '@diffir/core';
import { convolveMirrored } from '../degradation/convolution';
import { type EightBitImage, type FloatImage, toEightBit, toFloatImage } from '../degradation/float-image';
import type { PassPlan, RealEsrganPlan } from './draw-plan';
import { addGaussianNoise } from './gaussian-noise';
import { type InterpolationSize, interpolate } from './interpolate';
import { addPoissonNoise } from './poisson-noise';

export interface PlanSurroundings {
  /** For the noise. */
  readonly random: RandomSource;
  readonly jpeg: JpegCodec;
  /** Size of the picture over the result's. */
  readonly scale: number;
}

/**
 * Degrades a picture, whose sides are multiples of the scale, by a plan: blur, resize, noise and JPEG
 * twice, with the final resizing and sinc filter on either side of the second JPEG coding.
 *
 * @throws ImageError if the picture is too small for a kernel on the way
 */
export async function runRealEsrganPlan(
  picture: FloatImage,
  { first, second, final }: RealEsrganPlan,
  { random, jpeg, scale }: PlanSurroundings,
): Promise<EightBitImage> {
  const lowSize = { width: picture.width / scale, height: picture.height / scale };
  const once = addNoise(resizeBy(blur(picture, first.kernel), first), random, first);
  const coded = await recode(once, first.jpegQuality, jpeg);
  const twice = addNoise(
    interpolate(blur(coded, second.kernel), scaled(lowSize, second.scale), second.mode),
    random,
    second,
  );
  const finish = (image: FloatImage) => blur(interpolate(image, lowSize, final.mode), final.kernel);
  if (final.beforeJpeg) return toEightBit(await recode(finish(twice), second.jpegQuality, jpeg));
  return toEightBit(finish(await recode(twice, second.jpegQuality, jpeg)));
}

function blur(image: FloatImage, kernel: BlurKernel | undefined): FloatImage {
  return kernel === undefined ? image : convolveMirrored(image, kernel);
}

function resizeBy(image: FloatImage, { scale, mode }: PassPlan): FloatImage {
  return interpolate(image, { ...scaled(image, scale), scale }, mode);
}

/** Rounded down; a pixel is left of the smallest. */
function scaled({ width, height }: InterpolationSize, scale: number): InterpolationSize {
  const times = (length: number) => Math.max(1, Math.floor(length * scale));
  return { width: times(width), height: times(height) };
}

function addNoise(image: FloatImage, random: RandomSource, { noise }: PassPlan): FloatImage {
  return noise.kind === 'gaussian'
    ? addGaussianNoise(image, random, noise)
    : addPoissonNoise(image, random, noise);
}

async function recode(image: FloatImage, quality: number, jpeg: JpegCodec): Promise<FloatImage> {
  return toFloatImage(await jpeg(toEightBit(image), quality));
}
