import { definePlugin, type ModelBlueprint, type RestorationModel } from '@diffir/core';

const descriptor: RestorationModel['descriptor'] = {
  architecture: 'identity',
  purpose: 'tests',
  tasks: ['deblur'],
  scale: 1,
  inputChannels: 3,
  outputChannels: 3,
  sizeMultiple: 1,
  tiling: 'independent',
};

const blueprint: ModelBlueprint = {
  descriptor,
  options: {},
  macs: () => 0,
  relevantEntries: () => new Map(),
  // A method that tensors have only where all of TensorFlow.js is loaded.
  build: () => ({ descriptor, restore: (input) => input.mul(1) }),
};

/** A network without weights that gives back what it gets. */
export const plugin = definePlugin({
  name: 'identity',
  models: [
    {
      id: 'identity',
      description: 'tests',
      detect: async (entries) => (entries.has('identity') ? blueprint : undefined),
    },
  ],
});
