import type { Image } from './image';
import { bitsOf, emptySamples } from './samples';

/** An image at `scale` times its size, each pixel a square of equal ones. Its samples are its own. */
export function repeatPixels({ data, width, height, channels }: Image, scale: number): Image {
  const rowLength = width * scale * channels;
  const result = emptySamples(bitsOf(data), rowLength * height * scale);
  for (let y = 0; y < height; y++) {
    const start = y * scale * rowLength;
    for (let x = 0; x < width * scale; x++) {
      const source = (y * width + Math.floor(x / scale)) * channels;
      result.set(data.subarray(source, source + channels), start + x * channels);
    }
    for (let row = 1; row < scale; row++) {
      result.copyWithin(start + row * rowLength, start, start + rowLength);
    }
  }
  return { data: result, width: width * scale, height: height * scale, channels };
}
