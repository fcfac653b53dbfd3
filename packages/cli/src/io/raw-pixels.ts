import type { Image } from '@diffir/core';
import sharp, { type Sharp } from 'sharp';
import type { PixelRows } from './pixel-rows';

// Results of files that may change between two reads must not be remembered.
sharp.cache(false);

/** What the samples of an image are. */
export interface PixelKind {
  readonly gray: boolean;
  readonly alpha: boolean;
  readonly sixteenBit: boolean;
}

/** The kind of a core image; floats count as 16-bit. */
export function pixelKind({ channels, data }: Image): PixelKind {
  return kindOfRows({ channels, bits: data instanceof Uint8Array ? 8 : 16 });
}

/** The kind of rows of samples. */
export function kindOfRows({ channels, bits }: Pick<PixelRows, 'channels' | 'bits'>): PixelKind {
  return { gray: channels <= 2, alpha: channels === 2 || channels === 4, sixteenBit: bits === 16 };
}

/** How many samples a pixel has. */
export function channelsOf({ gray, alpha }: Pick<PixelKind, 'gray' | 'alpha'>): Image['channels'] {
  if (gray) return alpha ? 2 : 1;
  return alpha ? 4 : 3;
}

/** Sharp's name of the colour space that holds such samples unchanged. */
export function spaceOf({ gray, sixteenBit }: Omit<PixelKind, 'alpha'>): string {
  if (gray) return sixteenBit ? 'grey16' : 'b-w';
  return sixteenBit ? 'rgb16' : 'srgb';
}

/** A core image as the start of a sharp pipeline. */
export function fromPixels({ data, width, height, channels }: Image): Sharp {
  return sharp(data, { raw: { width, height, channels }, limitInputPixels: false });
}

/** The end of a sharp pipeline as a core image of a kind; the pipeline must already be of that kind. */
export async function toPixels(pipeline: Sharp, { gray, alpha, sixteenBit }: PixelKind): Promise<Image> {
  // Raw 8-bit gray comes without its alpha channel, RGB with it.
  const asRgb = gray && alpha && !sixteenBit;
  const { data, info } = await pipeline
    .toColourspace(asRgb ? 'srgb' : spaceOf({ gray, sixteenBit }))
    .raw({ depth: sixteenBit ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  if (asRgb) return { data: grayAndAlpha(data), width, height, channels: 2 };
  const channels = channelsOf({ gray, alpha });
  return { data: sixteenBit ? sixteenBitSamples(data) : samples(data), width, height, channels };
}

/** Plain arrays: a Node Buffer behaves differently in `slice` and shows in every message. */
function samples(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}

function sixteenBitSamples(buffer: Buffer): Uint16Array {
  const { buffer: memory, byteOffset, length } = buffer;
  if (byteOffset % 2 === 0) return new Uint16Array(memory, byteOffset, length / 2);
  return new Uint16Array(samples(buffer).slice().buffer);
}

function grayAndAlpha(rgba: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: rgba.length / 2 }, (_, index) => {
    return rgba[index % 2 === 0 ? index * 2 : index * 2 + 1] ?? 0;
  });
}
