import { ImageError } from '@diffir/web';
import { openPhoto, type Photo, releasePhoto } from '../photo/photo';
import { markHole } from './mark-hole';
import type { MaskShape } from './mask-shape';

/**
 * Reads a picture as the mask of a photo: white marks the hole, or opaque in one with transparency.
 * @throws ImageError for what is no picture or has another size than the photo
 */
export async function loadMask(file: File, photo: Photo): Promise<MaskShape> {
  const mask = await openPhoto(file, file.name);
  releasePhoto(mask);
  if (mask.width !== photo.width || mask.height !== photo.height) {
    throw new ImageError({
      subject: file.name,
      problem: `the mask is ${mask.width} × ${mask.height} pixels and the photo ${photo.width} × ${photo.height}`,
      remedy: 'take a mask of the size of the photo',
    });
  }
  return { kind: 'picture', picture: await createImageBitmap(await holeOf(file, photo)) };
}

/** The hole as white pixels on transparent ones. */
async function holeOf(file: File, { width, height }: Photo): Promise<ImageData> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new ImageError({ problem: 'this browser gives no canvas to read masks with' });
  const bitmap = await createImageBitmap(file);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const pixels = context.getImageData(0, 0, width, height);
  markHole(pixels.data);
  return pixels;
}
