import type { Image } from './image';

/** How much of an image can be seen at all: alpha above zero `all` over, in `some` pixels, or in `none`. */
export type Visibility = 'all' | 'some' | 'none';

/** Which of an image's pixels are visible; without an alpha channel, all of them. */
export function visibilityOf({ data, channels }: Image): Visibility {
  if (channels === 1 || channels === 3) return 'all';
  const first = data[channels - 1] !== 0;
  for (let index = channels - 1; index < data.length; index += channels) {
    if ((data[index] !== 0) !== first) return 'some';
  }
  return first ? 'all' : 'none';
}
