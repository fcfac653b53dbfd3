import type { Image } from '@diffir/core';
import { canvasReader } from './canvas-reader';
import { exactReader } from './exact-reader';
import type { PieceReader, PixelArea } from './piece-reader';

/** Side of the pieces that a picture is read in: any canvas and any texture can be of it. */
const PIECE = 2048;

/**
 * The pixels of a bitmap, whatever its size: RGB where all of it is opaque, else RGBA, with the colour of
 * transparent pixels as the bitmap has it where the browser has WebGL.
 * @throws ImageError when this browser cannot read pixels
 */
export async function readBitmap(bitmap: ImageBitmap): Promise<Image> {
  return (await readOpaque(bitmap)) ?? readTransparent(bitmap);
}

/** Undefined as soon as a pixel turns out transparent. */
async function readOpaque(bitmap: ImageBitmap): Promise<Image | undefined> {
  const { width, height } = bitmap;
  const data = new Uint8Array(width * height * 3);
  const read = canvasReader(bitmap, PIECE);
  for (const area of pieces(bitmap)) {
    const rgba = await read(area);
    for (let pixel = 0; pixel < area.width * area.height; pixel++) {
      if (rgba[pixel * 4 + 3] !== 255) return undefined;
      const row = area.top + Math.floor(pixel / area.width);
      const to = (row * width + area.left + (pixel % area.width)) * 3;
      for (let color = 0; color < 3; color++) data[to + color] = rgba[pixel * 4 + color] ?? 0;
    }
  }
  return { data, width, height, channels: 3 };
}

async function readTransparent(bitmap: ImageBitmap): Promise<Image> {
  const { width, height } = bitmap;
  const data = new Uint8Array(width * height * 4);
  // Canvases keep colour multiplied by alpha, of which not all comes back.
  const read: PieceReader = exactReader(bitmap, PIECE) ?? canvasReader(bitmap, PIECE);
  for (const area of pieces(bitmap)) {
    const rgba = await read(area);
    for (let row = 0; row < area.height; row++) {
      const line = rgba.subarray(row * area.width * 4, (row + 1) * area.width * 4);
      data.set(line, ((area.top + row) * width + area.left) * 4);
    }
  }
  return { data, width, height, channels: 4 };
}

function* pieces({ width, height }: ImageBitmap): Generator<PixelArea> {
  for (let top = 0; top < height; top += PIECE) {
    for (let left = 0; left < width; left += PIECE) {
      yield { left, top, width: Math.min(PIECE, width - left), height: Math.min(PIECE, height - top) };
    }
  }
}
