import type { Image } from './image';
import { visibilityOf } from './visibility';

/** Distances in the 3-4 chamfer metric: beside, and diagonally. */
const BESIDE = 3;
const DIAGONAL = 4;
const FAR = 0xffff_0000;

/**
 * The image with the colour of its fully transparent pixels replaced by that of the nearest visible one
 * (about nearest: two-pass 3-4 chamfer distance, Borgefors 1986). Whatever lies hidden there, often
 * black, then cannot bleed into visible pixels through a network's receptive field. Alpha is kept. The
 * image itself comes back where there is nothing to do: no pixel hidden, or all of them.
 */
export function fillTransparent(image: Image): Image {
  if (visibilityOf(image) !== 'some') return image;
  const { width, height, channels } = image;
  const data = image.data.slice();
  const colors = channels - 1;
  const distances = Uint32Array.from({ length: width * height }, (_, pixel) =>
    data[pixel * channels + colors] === 0 ? FAR : 0,
  );
  /** Takes the colour of a neighbour that is nearer to a visible pixel. */
  const take = (pixel: number, neighbour: number, step: number) => {
    const distance = (distances[neighbour] ?? FAR) + step;
    if (distance >= (distances[pixel] ?? 0)) return;
    distances[pixel] = distance;
    const start = neighbour * channels;
    data.copyWithin(pixel * channels, start, start + colors);
  };
  const sweep = (y: number, x: number, forward: 1 | -1) => {
    const pixel = y * width + x;
    if (distances[pixel] === 0) return;
    const [before, after] = forward === 1 ? [x > 0, x < width - 1] : [x < width - 1, x > 0];
    if (before) take(pixel, pixel - forward, BESIDE);
    if (forward === 1 ? y === 0 : y === height - 1) return;
    const previous = pixel - forward * width;
    take(pixel, previous, BESIDE);
    if (before) take(pixel, previous - forward, DIAGONAL);
    if (after) take(pixel, previous + forward, DIAGONAL);
  };
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) sweep(y, x, 1);
  for (let y = height - 1; y >= 0; y--) for (let x = width - 1; x >= 0; x--) sweep(y, x, -1);
  return { ...image, data };
}
