/** Whether a shape adds to the hole or takes away from it. */
export type MaskMode = 'paint' | 'erase';

/** A place in the photo's pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rectangle extends Point {
  readonly width: number;
  readonly height: number;
}

/** One thing the visitor did to the mask, in the photo's pixels. */
export type MaskShape =
  | {
      readonly kind: 'stroke';
      readonly mode: MaskMode;
      readonly radius: number;
      readonly points: readonly Point[];
    }
  | { readonly kind: 'rectangle'; readonly mode: MaskMode; readonly rectangle: Rectangle }
  /** A loaded mask, opaque where the hole is; replaces what was there. */
  | { readonly kind: 'picture'; readonly picture: ImageBitmap }
  | { readonly kind: 'clear' };
