/** Part of a picture. */
export interface PixelArea {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Reads part of a picture as RGBA of 8 bits. The array is the caller's until the next call. */
export type PieceReader = (area: PixelArea) => Promise<Uint8Array | Uint8ClampedArray>;
