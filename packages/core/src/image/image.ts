/** Sample storage of an image: 8-bit (0–255), 16-bit (0–65535) or float (0–1). */
export type ImageSamples = Uint8Array | Uint16Array | Float32Array;

/**
 * A decoded picture. Samples are interleaved row by row, sRGB-encoded.
 * Channels: 1 = gray, 2 = gray + alpha, 3 = RGB, 4 = RGB + alpha (alpha not premultiplied).
 */
export interface Image {
  readonly data: ImageSamples;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 2 | 3 | 4;
}
