import type { PretrainedModel } from '@diffir/core';

/** The weights that ship with this package; their model cards lie beside them. */
export const pretrained: readonly PretrainedModel[] = [
  {
    name: 'deblur-small',
    task: 'deblur',
    description: 'small deblurring network for synthetic camera shake, briefly trained',
    scale: 1,
    url: new URL('../weights/deblur-small.safetensors', import.meta.url),
    bytes: 6_345_170,
    licence: 'Apache-2.0; trained on BSDS500 photos (research use)',
    scores: { 'PSNR, 20 blurred BSD100 photos (RGB)': '28.64 dB, input 26.34 dB' },
  },
];
