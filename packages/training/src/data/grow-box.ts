import type { CropBox } from './crop-image';

/** A box with so many pixels more on each side, as far as the picture goes. */
export function growBox(
  { x, y, width, height }: CropBox,
  by: number,
  picture: { readonly width: number; readonly height: number },
): CropBox {
  const [left, top] = [Math.max(0, x - by), Math.max(0, y - by)];
  return {
    x: left,
    y: top,
    width: Math.min(picture.width, x + width + by) - left,
    height: Math.min(picture.height, y + height + by) - top,
  };
}
