import type { PretrainedModel } from '@diffir/core';

/** The weights that ship with this package. */
export const pretrained: readonly PretrainedModel[] = [];
