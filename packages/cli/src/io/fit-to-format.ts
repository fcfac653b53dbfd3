import { type Image, type ImageSamples, OutputError } from '@diffir/core';
import { formatTraits, type OutputFormat } from './image-formats';

/**
 * An image with no more bits than a format has, and without an alpha channel that it has not.
 * @param name what errors call it
 * @throws OutputError when it is transparent and the format cannot be
 */
export function fitToFormat(image: Image, format: OutputFormat, name: string): Image {
  const { channels } = image;
  const data = fitSamples(image.data, { channels, format, name });
  return { ...image, data, channels: fittingChannels(channels, format) };
}

/** What is left of channels in a format that may have no alpha. */
export function fittingChannels(channels: Image['channels'], format: OutputFormat): Image['channels'] {
  if (formatTraits[format].alpha) return channels;
  return channels <= 2 ? 1 : 3;
}

/** How samples have to fit. */
export interface SampleFit {
  readonly channels: Image['channels'];
  readonly format: OutputFormat;
  /** What errors call the image. */
  readonly name: string;
}

/**
 * Samples of 16 bits are rounded to 8, or to the levels of which an encoder of 10 bits keeps the upper ten, and
 * an opaque alpha channel is left out where there can be none.
 * @throws OutputError when it is not opaque
 */
export function fitSamples(samples: ImageSamples, { channels, format, name }: SampleFit): ImageSamples {
  const fitting = fitBits(samples, format);
  return fittingChannels(channels, format) === channels
    ? fitting
    : withoutAlpha(fitting, { channels, format, name });
}

/** Bits of fitting samples. */
export function fittingBits(bits: 8 | 16, format: OutputFormat): 8 | 16 {
  return bits === 16 && formatTraits[format].bits > 8 ? 16 : 8;
}

function fitBits(samples: ImageSamples, format: OutputFormat): ImageSamples {
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

function withoutAlpha(samples: ImageSamples, { channels, format, name }: SampleFit): ImageSamples {
  const opaque = samples instanceof Uint8Array ? 255 : 65535;
  if (samples.some((sample, index) => index % channels === channels - 1 && sample !== opaque)) {
    throw new OutputError({
      subject: name,
      problem: `${format} cannot hold the transparency of this image`,
      remedy: 'choose png, webp, tiff or avif with --format',
    });
  }
  return samples.filter((_, index) => index % channels !== channels - 1);
}
