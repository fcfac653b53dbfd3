import type { Image } from '@diffir/core';

/** What a photo's file says beside its pixels, for an upright picture. */
export interface PhotoMetadata {
  /** Colour profile the samples are meant in. */
  readonly icc?: Uint8Array;
  /** EXIF as a bare TIFF structure, orientation 1. */
  readonly exif?: Uint8Array;
  /** An IPTC record (IIM). */
  readonly iptc?: Uint8Array;
  readonly xmp?: string;
  /** Pixels per inch. */
  readonly density?: number;
}

/** A decoded picture, upright, in the samples and colour space of its file, with what came along. */
export interface Photo<Picture = Image> {
  readonly image: Picture;
  readonly metadata: PhotoMetadata;
}

/** Of the metadata, what the picture's look depends on: its profile. */
export function profileOnly({ icc }: PhotoMetadata): PhotoMetadata {
  return icc ? { icc } : {};
}
