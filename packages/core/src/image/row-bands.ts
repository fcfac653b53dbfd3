import type { ImageSamples } from './image';
import type { ImageSource } from './image-rows';

/** About as many samples as are worked on at once where a whole picture is gone through. */
const SAMPLES_AT_ONCE = 2 ** 20;

/** Some neighbouring rows. */
export interface RowBand {
  readonly firstRow: number;
  readonly count: number;
}

/** All rows of a picture from top to bottom, some at a time. */
export function rowBands({
  width,
  height,
  channels,
}: Pick<ImageSource, 'width' | 'height' | 'channels'>): readonly RowBand[] {
  const step = Math.max(1, Math.floor(SAMPLES_AT_ONCE / (width * channels)));
  return Array.from({ length: Math.ceil(height / step) }, (_, index) => ({
    firstRow: index * step,
    count: Math.min(step, height - index * step),
  }));
}

/** All rows of a picture in order, some at a time. */
export async function* allRows(source: ImageSource): AsyncGenerator<ImageSamples> {
  for (const { firstRow, count } of rowBands(source)) yield await source.read(firstRow, count);
}
