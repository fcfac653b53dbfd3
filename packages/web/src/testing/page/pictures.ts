import { createRestorer, type ImageInput, type Restorer, toBlob, toImageData } from '../../index';
import { fromPlain, type PlainImage, plain } from '../test-image';

/** A network that changes nothing. */
const identity = { pluginModules: ['identity.js'], model: 'identity.safetensors', backend: 'cpu' };

async function withIdentity<Result>(use: (restorer: Restorer) => Promise<Result>): Promise<Result> {
  const restorer = await createRestorer(identity);
  try {
    return await use(restorer);
  } finally {
    await restorer.dispose();
  }
}

/** A file as it arrives at the network and comes back. */
export function throughFile(address: string): Promise<PlainImage> {
  return withIdentity(async (restorer) => plain(await restorer.restore(await fileAt(address))));
}

/** The same file in every form that pages have pictures in. */
export function throughEveryForm(address: string): Promise<Record<string, PlainImage>> {
  return withIdentity(async (restorer) => {
    const file = await fileAt(address);
    const bitmap = await createImageBitmap(file, { premultiplyAlpha: 'none' });
    const element = new Image();
    element.src = address;
    await element.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
    const context = canvas.getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    const offscreen = new OffscreenCanvas(bitmap.width, bitmap.height);
    offscreen.getContext('2d')?.drawImage(bitmap, 0, 0);
    const imageData = context?.getImageData(0, 0, bitmap.width, bitmap.height);
    const forms: Record<string, ImageInput | undefined> = {
      file,
      bitmap,
      element,
      canvas,
      offscreen,
      imageData,
    };
    const restored: Record<string, PlainImage> = {};
    for (const [name, input] of Object.entries(forms)) {
      if (input !== undefined) restored[name] = plain(await restorer.restore(input));
    }
    // What belongs to the page is still its own.
    bitmap.close();
    return restored;
  });
}

/** A canvas of which the page was not to know the pixels, and an element without a picture. */
export async function unreadable(address: string) {
  return withIdentity(async (restorer) => {
    const element = new Image();
    element.src = address;
    await element.decode();
    const canvas = document.createElement('canvas');
    canvas.getContext('2d')?.drawImage(element, 0, 0);
    const failures = [canvas, element, new Image()].map((input) =>
      restorer.restore(input).then(() => 'no failure', String),
    );
    return Promise.all(failures);
  });
}

/** A picture wider than any canvas: its first, a middle and its last pixel, and its size. */
export function throughWideFile(address: string) {
  return withIdentity(async (restorer) => {
    const { data, width, height, channels } = await restorer.restore(await fileAt(address));
    const at = (pixel: number) => [...data.subarray(pixel * channels, pixel * channels + 3)];
    return { width, height, channels, pixels: [at(0), at(width + 40_000), at(width * height - 1)] };
  });
}

/** A file made of samples, as base64. */
export async function encode(given: {
  image: PlainImage;
  sixteenBit?: boolean;
  type?: 'image/jpeg' | 'image/webp';
}) {
  const image = fromPlain(given.image);
  const data = given.sixteenBit ? Uint16Array.from(given.image.data) : image.data;
  const blob = await toBlob({ ...image, data }, given.type && { type: given.type });
  return { type: blob.type, base64: btoa(String.fromCharCode(...new Uint8Array(await blob.arrayBuffer()))) };
}

/** Samples as canvases take them. */
export async function asImageData(image: PlainImage) {
  const { data, width, height } = toImageData(fromPlain(image));
  return { data: [...data], width, height };
}

async function fileAt(address: string): Promise<Blob> {
  return (await fetch(address)).blob();
}
