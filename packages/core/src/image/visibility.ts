import type { Image, ImageSamples } from './image';
import type { ImageSource } from './image-rows';
import { allRows } from './row-bands';

/** How much of an image can be seen at all: alpha above zero `all` over, in `some` pixels, or in `none`. */
export type Visibility = 'all' | 'some' | 'none';

/** Whether the last of the channels says how opaque a pixel is. */
export function hasAlpha({ channels }: Pick<Image, 'channels'>): boolean {
  return channels === 2 || channels === 4;
}

/** Which of a picture's pixels are visible; without an alpha channel all of them, and nothing is read. */
export async function visibilityOf(source: ImageSource): Promise<Visibility> {
  if (!hasAlpha(source)) return 'all';
  const seen = new Set<Visibility>();
  for await (const samples of allRows(source)) {
    seen.add(visibilityOfSamples(samples, source.channels));
    if (seen.has('some') || seen.size > 1) return 'some';
  }
  return seen.has('none') ? 'none' : 'all';
}

function visibilityOfSamples(samples: ImageSamples, channels: number): Visibility {
  const first = samples[channels - 1] !== 0;
  for (let index = channels - 1; index < samples.length; index += channels) {
    if ((samples[index] !== 0) !== first) return 'some';
  }
  return first ? 'all' : 'none';
}
