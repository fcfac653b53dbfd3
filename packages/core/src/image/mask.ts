import { ImageError } from '../errors/image-error';
import { assertImage } from './assert-image';
import type { Image, ImageSamples } from './image';
import { type ImageSource, imageSource } from './image-rows';
import { allRows } from './row-bands';
import { fullScale } from './samples';
import { hasAlpha } from './visibility';

/** A mask in memory, or one that is read by rows. */
export type MaskImage = Image | ImageSource;

/**
 * The hole a mask marks, as a one-channel picture: 255 = hole, 0 = keep. White marks the hole; in a
 * mask with varying transparency, opaque does. Values are split at one half. Rows are read when they are
 * asked for; a mask with an alpha channel is read once before.
 * @throws ImageError when the mask's size is not the image's, naming both
 */
export async function holeFromMask(
  mask: MaskImage,
  image: Pick<Image, 'width' | 'height'>,
): Promise<ImageSource> {
  return markedBy(mask, image, 255);
}

/** The mask that marks what `mask` does not: a one-channel picture as `holeFromMask` gives. */
export async function invertMask(mask: MaskImage): Promise<ImageSource> {
  return markedBy(mask, mask, 0);
}

/** @param marked what pixels become that the mask marks: 0 or 255; the rest becomes the other */
async function markedBy(
  mask: MaskImage,
  image: Pick<Image, 'width' | 'height'>,
  marked: 0 | 255,
): Promise<ImageSource> {
  const source = asSource(mask);
  const { width, height, channels } = source;
  if (width !== image.width || height !== image.height) {
    throw new ImageError({
      subject: 'mask',
      problem: `it is ${width}×${height} and the image ${image.width}×${image.height}`,
      remedy: 'give a mask of the size of the image',
    });
  }
  const varies = await transparencyVaries(source);
  const sum = varies ? [channels - 1] : channels >= 3 ? [0, 1, 2] : [0];
  return {
    width,
    height,
    channels: 1,
    bits: 8,
    read: async (firstRow, count) => mark(await source.read(firstRow, count), { channels, sum, marked }),
  };
}

function asSource(mask: MaskImage): ImageSource {
  if ('read' in mask) return mask;
  assertImage(mask, 'mask');
  return imageSource(mask);
}

interface Marking {
  readonly channels: number;
  /** Channels whose mean is split at one half. */
  readonly sum: readonly number[];
  readonly marked: 0 | 255;
}

function mark(samples: ImageSamples, { channels, sum, marked }: Marking): Uint8Array {
  const half = (fullScale(samples) * sum.length) / 2;
  const result = new Uint8Array(samples.length / channels);
  for (let pixel = 0; pixel < result.length; pixel++) {
    let total = 0;
    for (const channel of sum) total += samples[pixel * channels + channel] ?? 0;
    result[pixel] = total >= half ? marked : 255 - marked;
  }
  return result;
}

async function transparencyVaries(mask: ImageSource): Promise<boolean> {
  if (!hasAlpha(mask)) return false;
  for await (const samples of allRows(mask)) {
    const opaque = fullScale(samples);
    for (let index = mask.channels - 1; index < samples.length; index += mask.channels) {
      if ((samples[index] ?? opaque) < opaque) return true;
    }
  }
  return false;
}
