import { type Image, ImageError } from '@diffir/core';

const PEAK = 255;

/**
 * PSNR over the pixels of a hole alone, RGB in 8 bits; that of the whole picture where there is no mask.
 * @param mask one channel, above 0 in the hole
 * @throws ImageError when the pictures differ in size or the mask has no hole
 */
export function decibelsInHole(gt: Image, restored: Image, mask: Image | undefined): number {
  const pixels = gt.width * gt.height;
  if (gt.data.length !== restored.data.length || (mask && mask.data.length !== pixels)) {
    throw new ImageError({ subject: 'validation', problem: 'GT, mask and restored picture differ in size' });
  }
  let [sum, count] = [0, 0];
  for (let pixel = 0; pixel < pixels; pixel++) {
    if (mask?.data[pixel] === 0) continue;
    for (let index = gt.channels * pixel; index < gt.channels * (pixel + 1); index++) {
      sum += ((gt.data[index] ?? 0) - (restored.data[index] ?? 0)) ** 2;
      count++;
    }
  }
  if (count === 0) throw new ImageError({ subject: 'validation', problem: 'a mask has no hole' });
  return -10 * Math.log10(sum / count / PEAK ** 2);
}
