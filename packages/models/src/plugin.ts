import { definePlugin } from '@diffir/core';
import { diffIRS1Definition, diffIRS2Definition } from './diffir/definition';

/** The DiffIR model family. */
export const modelsPlugin = definePlugin({
  name: '@diffir/models',
  models: [diffIRS2Definition, diffIRS1Definition],
});
