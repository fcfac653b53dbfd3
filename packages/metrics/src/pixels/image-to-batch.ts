import { assertImage, type Image } from '@diffir/core';
import { type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import type { PixelSettings } from './pixel-settings';
import { PEAK, planesOf } from './planes';

/**
 * An image as a batch of one, `[1,H,W,3]` in [0,1]; gray as three equal channels, without alpha.
 * The caller disposes it.
 * @throws ImageError when it is no image
 */
export function imageToBatch(
  image: Image,
  { samples }: Pick<PixelSettings, 'samples'>,
  name?: string,
): Tensor4D {
  assertImage(image, name);
  const { planes, width, height } = planesOf(image, { channel: 'rgb', border: 0, samples }, name);
  const [red = new Float64Array(), green = red, blue = red] = planes;
  const values = new Float32Array(3 * width * height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    values[3 * pixel] = (red[pixel] ?? 0) / PEAK;
    values[3 * pixel + 1] = (green[pixel] ?? 0) / PEAK;
    values[3 * pixel + 2] = (blue[pixel] ?? 0) / PEAK;
  }
  return tensor4d(values, [1, height, width, 3]);
}
