import type { PretrainedModel } from '@diffir/core';
import { zooModels } from './zoo/manifest';
import type { ShippedFile } from './zoo/zoo-model';
import { zooPretrained } from './zoo/zoo-pretrained';

/** Written out in this form, and in a file as deep as the build, so that bundlers find the files. */
const shipped: Readonly<Record<ShippedFile, URL>> = {
  'deblur-small.safetensors': new URL('../weights/deblur-small.safetensors', import.meta.url),
  'inpaint-small.safetensors': new URL('../weights/inpaint-small.safetensors', import.meta.url),
  'real-sr-x4-small.safetensors': new URL('../weights/real-sr-x4-small.safetensors', import.meta.url),
  'sr-x4-small.safetensors': new URL('../weights/sr-x4-small.safetensors', import.meta.url),
};

/** The weights that go by a name: shipped with this package, or downloaded when they are first used. */
export const pretrained: readonly PretrainedModel[] = zooModels.map((model) => zooPretrained(model, shipped));
