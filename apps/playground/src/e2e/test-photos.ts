import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

export interface TestPhoto {
  readonly name: string;
  readonly bytes: Buffer;
}

/** A file of a picture, or its bytes. */
type Picture = string | Buffer;

const example = fileURLToPath(new URL('../../../../examples/images/blurred.png', import.meta.url));

/** A piece of the example picture, from where there is something to see in it. */
export async function testPhoto(width: number, height: number, name = 'bakery.png'): Promise<TestPhoto> {
  const bytes = await sharp(example).extract({ left: 200, top: 90, width, height }).png().toBuffer();
  return { name, bytes };
}

/** A mask whose hole is a rectangle. */
export async function rectangleMask(
  width: number,
  height: number,
  { left, top, ...hole }: { left: number; top: number; width: number; height: number },
): Promise<TestPhoto> {
  const input = { create: { ...hole, channels: 3, background: 'white' } } as const;
  const bytes = await sharp({ create: { width, height, channels: 3, background: 'black' } })
    .composite([{ input, left, top }])
    .png()
    .toBuffer();
  return { name: 'mask.png', bytes };
}

/** The largest difference of two pictures in levels of 255; they must be of one size. */
export async function largestDifference(one: Picture, other: Picture): Promise<number> {
  return Math.max(...(await differences(one, other)).data);
}

/** Where two pictures differ. */
export async function changedPixels(one: Picture, other: Picture): Promise<{ x: number; y: number }[]> {
  const { data, width } = await differences(one, other);
  const changed = [...data.keys()].filter((pixel) => data[pixel] !== 0);
  return changed.map((pixel) => ({ x: pixel % width, y: Math.floor(pixel / width) }));
}

/** For every pixel the largest difference of its samples. */
async function differences(one: Picture, other: Picture) {
  const [a, b] = await Promise.all([samples(one), samples(other)]);
  if (a.width !== b.width || a.data.length !== b.data.length) throw new Error('the pictures’ sizes differ');
  const data = Array.from({ length: a.data.length / 3 }, (_, pixel) =>
    Math.max(...[0, 1, 2].map((sample) => difference(a.data, b.data, pixel * 3 + sample))),
  );
  return { data, width: a.width };
}

function difference(one: Buffer, other: Buffer, index: number): number {
  return Math.abs((one[index] ?? 0) - (other[index] ?? 0));
}

async function samples(picture: Picture) {
  const { data, info } = await sharp(picture).toColourspace('srgb').removeAlpha().raw().toBuffer({
    resolveWithObject: true,
  });
  return { data, width: info.width };
}
