import { extname } from 'node:path';

/** Image formats diffir writes. */
export const outputFormats = ['png', 'jpeg', 'webp', 'tiff', 'avif'] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** What a format can hold. */
export interface FormatTraits {
  /** File name extensions, the usual one first. */
  readonly extensions: readonly [string, ...string[]];
  /** Most bits it holds per sample. */
  readonly bits: 8 | 10 | 16;
  readonly alpha: boolean;
  /** Whether it stores one channel where the image is gray. */
  readonly gray: boolean;
}

export const formatTraits: Readonly<Record<OutputFormat, FormatTraits>> = {
  png: { extensions: ['.png'], bits: 16, alpha: true, gray: true },
  jpeg: { extensions: ['.jpg', '.jpeg', '.jpe', '.jfif'], bits: 8, alpha: false, gray: true },
  webp: { extensions: ['.webp'], bits: 8, alpha: true, gray: false },
  tiff: { extensions: ['.tif', '.tiff'], bits: 16, alpha: true, gray: true },
  avif: { extensions: ['.avif'], bits: 10, alpha: true, gray: false },
};

/** Formats diffir reads, for people. */
export const readableFormats = 'PNG, JPEG, WebP, TIFF, AVIF or GIF';

const readableExtensions = [...outputFormats.flatMap((format) => formatTraits[format].extensions), '.gif'];

/** Whether a file's name says that it is an image diffir reads. */
export function hasImageExtension(path: string): boolean {
  return readableExtensions.includes(extname(path).toLowerCase());
}

/** The format a file name asks for, or undefined where it names none that diffir writes. */
export function formatOfName(path: string): OutputFormat | undefined {
  const extension = extname(path).toLowerCase();
  return outputFormats.find((format) => formatTraits[format].extensions.includes(extension));
}
