import { ImageError } from '@diffir/web';

/** A picture that is shown: its file, an address for `<img>`, and its size as shown (turned upright). */
export interface Photo {
  readonly name: string;
  readonly blob: Blob;
  readonly url: string;
  readonly width: number;
  readonly height: number;
}

/**
 * Opens a picture, without reading its pixels into the page's memory. Let go with `releasePhoto`.
 * @throws ImageError when the browser cannot show it
 */
export async function openPhoto(blob: Blob, name: string): Promise<Photo> {
  const url = URL.createObjectURL(blob);
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
  } catch (cause) {
    URL.revokeObjectURL(url);
    throw new ImageError({
      subject: name,
      problem: 'this browser cannot open it as a picture',
      remedy: 'take a JPEG, PNG, WebP or AVIF file',
      cause,
    });
  }
  return { name, blob, url, width: image.naturalWidth, height: image.naturalHeight };
}

/** Frees what a picture that is no longer shown holds. */
export function releasePhoto({ url }: Photo): void {
  URL.revokeObjectURL(url);
}
