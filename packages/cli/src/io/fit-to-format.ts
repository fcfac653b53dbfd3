import { type Image, type ImageSamples, OutputError } from '@diffir/core';
import { formatTraits, type OutputFormat } from './image-formats';

/**
 * An image with no more bits than a format has, and without an alpha channel that it has not.
 * @param name what errors call it
 * @throws OutputError when it is transparent and the format cannot be
 */
export function fitToFormat(image: Image, format: OutputFormat, name: string): Image {
  const fitting = { ...image, data: fitSamples(image.data, format) };
  return formatTraits[format].alpha ? fitting : withoutAlpha(fitting, format, name);
}

/** Samples of 16 bits are rounded to 8, or to the levels of which an encoder of 10 bits keeps the upper ten. */
export function fitSamples(samples: ImageSamples, format: OutputFormat): ImageSamples {
  if (!(samples instanceof Uint16Array)) return samples;
  switch (formatTraits[format].bits) {
    case 8:
      return Uint8Array.from(samples, (sample) => Math.round(sample / 257));
    case 10:
      return samples.map((sample) => Math.round((sample * 1023) / 65535) << 6);
    case 16:
      return samples;
  }
}

function withoutAlpha(image: Image, format: OutputFormat, name: string): Image {
  const { channels, data } = image;
  if (channels === 1 || channels === 3) return image;
  const opaque = data instanceof Uint8Array ? 255 : 65535;
  const transparent = data.some((sample, index) => index % channels === channels - 1 && sample !== opaque);
  if (transparent) {
    throw new OutputError({
      subject: name,
      problem: `${format} cannot hold the transparency of this image`,
      remedy: 'choose png, webp, tiff or avif with --format',
    });
  }
  return {
    ...image,
    data: data.filter((_, index) => index % channels !== channels - 1),
    channels: channels === 2 ? 1 : 3,
  };
}
