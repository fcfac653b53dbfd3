import {
  compareParameters,
  createParameters,
  describeDifferences,
  fits,
  ModelMismatchError,
  type NamedStateDict,
  OptionError,
  type ParameterScope,
  type RunningBackend,
  withBackend,
} from '@diffir/core';
import { div, sub, type Tensor4D, tensor1d } from '@tensorflow/tfjs';

/** A fixed classifier whose activations tell how alike two pictures look. */
export interface FeatureNetwork {
  /** Activations of a picture `[N,H,W,3]` in [0,1], each `[N,h,w,C]`. */
  features(picture: Tensor4D): readonly Tensor4D[];
}

/** A feature network with its weights. */
export interface LoadedFeatureNetwork extends FeatureNetwork {
  dispose(): void;
}

/** A feature network as it is built, and where its weights come from. */
export interface FeatureNetworkSource {
  /** As errors call it. */
  readonly name: string;
  /** Which file holds its weights, for whoever has none. */
  readonly weights: string;
  build(scope: ParameterScope): FeatureNetwork;
}

/**
 * Loads the weights of a feature network from a user's file. They do not ship with this project.
 * @param file further entries in it, a classifier's last layers say, are passed over
 * @throws OptionError when there is no file
 * @throws ModelMismatchError when parameters are missing or misshapen
 * @throws CheckpointError when the file's data are damaged
 */
export async function loadFeatureNetwork(
  { name, weights, build }: FeatureNetworkSource,
  file: NamedStateDict | undefined,
  backend: RunningBackend,
): Promise<LoadedFeatureNetwork> {
  if (file === undefined) {
    throw new OptionError({
      subject: name,
      problem: 'its weights are needed for this loss and do not ship with this project',
      remedy: `give a file with ${weights}`,
    });
  }
  const parameters = createParameters();
  const network = build(parameters.root);
  const differences = { ...compareParameters(parameters, file.stateDict), leftOver: [] };
  if (!fits(differences)) {
    throw new ModelMismatchError({
      subject: file.name,
      problem: `does not fit ${name}: ${describeDifferences(differences)}`,
      remedy: `give a file with ${weights}`,
    });
  }
  await parameters.load(file.stateDict, (compute) => withBackend(backend, compute));
  return { features: (picture) => network.features(picture), dispose: () => parameters.dispose() };
}

/** Mean and standard deviation of ImageNet's colours, which classifiers expect to be taken out. */
const MEAN = [0.485, 0.456, 0.406];
const DEVIATION = [0.229, 0.224, 0.225];

/** A picture in [0,1] as classifiers trained on ImageNet want it. */
export function normalizeColours(picture: Tensor4D): Tensor4D {
  return div(sub(picture, tensor1d(MEAN)), tensor1d(DEVIATION));
}
