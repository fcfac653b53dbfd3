import { type Image, toUnitRange } from '@diffir/core';

/** RGB pictures next to each other, 8 bits; smaller ones enlarged by whole pixels to the height of the largest. */
export function sideBySide(pictures: readonly Image[]): Image {
  const height = Math.max(...pictures.map((picture) => picture.height));
  const columns = pictures.map((picture) => {
    const factor = Math.max(1, Math.floor(height / picture.height));
    return { picture, factor, samples: toUnitRange(picture.data), width: picture.width * factor };
  });
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  const data = new Uint8Array(width * height * 3);
  let left = 0;
  for (const { picture, factor, samples, width: columnWidth } of columns) {
    for (let y = 0; y < Math.min(height, picture.height * factor); y++) {
      for (let x = 0; x < columnWidth; x++) {
        const from = (Math.floor(y / factor) * picture.width + Math.floor(x / factor)) * 3;
        const to = (y * width + left + x) * 3;
        for (let channel = 0; channel < 3; channel++) {
          data[to + channel] = Math.round(255 * (samples[from + channel] ?? 0));
        }
      }
    }
    left += columnWidth;
  }
  return { data, width, height, channels: 3 };
}
