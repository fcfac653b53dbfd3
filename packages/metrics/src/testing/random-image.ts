import { createRandomSource, type Image } from '@diffir/core';

/** A repeatable 8-bit picture: noise over a slope, so that neighbouring pixels have something in common. */
export function randomImage(
  seed: number,
  { width = 40, height = 30, channels = 3 }: Partial<Omit<Image, 'data'>> = {},
): Image {
  const random = createRandomSource(seed);
  const data = Uint8Array.from({ length: width * height * channels }, (_, index) => {
    const pixel = Math.floor(index / channels);
    return 40 + (120 * (pixel % width)) / width + (60 * random() * (1 + Math.floor(pixel / width))) / height;
  });
  return { data, width, height, channels };
}
