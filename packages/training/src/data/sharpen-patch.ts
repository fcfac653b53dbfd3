import { type Image, toUnitRange } from '@diffir/core';
import { usmSharpen } from '@diffir/tasks';
import { type CropBox, cropImage } from './crop-image';
import { growBox } from './grow-box';

/** How far a sharpened pixel depends on others: 25 pixels by the mask's blur, 25 more by the picture's. */
const REACH = 50;

/**
 * A patch of the sharpened picture, in [0,1]: what sharpening all of it would give there, computed from the
 * patch and what it depends on alone.
 * @throws ImageError when the picture has alpha or a side below 26 pixels
 */
export function sharpenPatch(picture: Image, box: CropBox): Image {
  const around = growBox(box, REACH, picture);
  const region = cropImage(picture, around);
  const sharpened = usmSharpen({ ...region, data: toUnitRange(region.data) });
  return cropImage(sharpened, { ...box, x: box.x - around.x, y: box.y - around.y });
}
