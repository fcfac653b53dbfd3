/** A format results can be saved in. */
export interface SaveFormat {
  readonly type: 'image/png' | 'image/jpeg' | 'image/webp';
  readonly label: string;
  readonly extension: string;
}

export const saveFormats: readonly [SaveFormat, ...SaveFormat[]] = [
  { type: 'image/png', label: 'PNG', extension: 'png' },
  { type: 'image/jpeg', label: 'JPEG', extension: 'jpg' },
  { type: 'image/webp', label: 'WebP', extension: 'webp' },
];

/** The name a result is saved under: the photo's, marked, with the format's extension. */
export function resultName(photoName: string, { extension }: SaveFormat): string {
  const stem = photoName.replace(/\.[^./\\]{1,5}$/, '');
  return `${stem === '' ? 'photo' : stem}-restored.${extension}`;
}
