import type { Image } from '@diffir/core';

/** The image without its alpha channel, if that hides nothing; else as it is. */
export function dropOpaqueAlpha(image: Image): Image {
  const { data, width, height, channels } = image;
  if (channels === 1 || channels === 3) return image;
  const opaque = data instanceof Uint8Array ? 255 : data instanceof Uint16Array ? 65535 : 1;
  for (let i = channels - 1; i < data.length; i += channels) if (data[i] !== opaque) return image;
  const kept = data.filter((_, index) => index % channels !== channels - 1);
  return { data: kept, width, height, channels: channels === 2 ? 1 : 3 };
}
