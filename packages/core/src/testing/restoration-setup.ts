import type { ModelDescriptor, RestorationModel } from '../model/model';
import type { RestorationSetup } from '../restore/restore-image';

/** A pipeline on the current plain JavaScript backend around a network given as a function; default: identity. */
export function identitySetup(
  restore: RestorationModel['restore'] = (input) => input.clone(),
  overrides: Partial<ModelDescriptor> = {},
): RestorationSetup {
  const descriptor: ModelDescriptor = {
    architecture: 'test',
    purpose: 'tests',
    tasks: ['test'],
    scale: 1,
    inputChannels: 3,
    outputChannels: 3,
    sizeMultiple: 8,
    tiling: 'shared-prior',
    ...overrides,
  };
  return {
    network: { descriptor, restore },
    task: {
      id: 'test',
      description: 'tests',
      mask: 'none',
      rejects: () => undefined,
      prepare: ({ image }) => image,
      compose: (output) => output,
    },
    backend: {
      id: 'cpu',
      device: 'test',
      software: false,
      limits: { maxTensorBytes: 2 ** 30 },
      tensorflowName: 'cpu',
      dispose: async () => {},
    },
  };
}
