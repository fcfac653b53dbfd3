import { toBlob } from '@diffir/web';
import type { Result } from '../restore/result';
import { resultName, type SaveFormat } from './file-name';

/** Quality of the formats that lose something, 0 to 1. */
const QUALITY = 0.92;

/** Hands a result to the visitor as a file. */
export async function saveResult({ before, after, image }: Result, format: SaveFormat): Promise<void> {
  // The result is shown as PNG, so that one is there already.
  const blob =
    format.type === 'image/png' ? after.blob : await toBlob(image, { type: format.type, quality: QUALITY });
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = resultName(before.name, format);
  link.click();
  // Once the browser has taken it; there is no event for that.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
