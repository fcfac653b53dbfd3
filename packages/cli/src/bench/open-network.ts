import {
  createParameters,
  type Host,
  identifyModel,
  loadModel,
  type ModelBlueprint,
  type Registry,
  type RestorationModel,
  type RunningBackend,
  resolveModel,
  UnknownIdError,
  withBackend,
} from '@diffir/core';
import { withCheckpoint } from '../io/with-checkpoint';

/** A network to time: a preset with random weights, or a checkpoint. */
export type NetworkChoice =
  | { readonly kind: 'preset'; readonly name: string; readonly blueprint: ModelBlueprint }
  | { readonly kind: 'checkpoint'; readonly name: string; readonly location: string | URL };

/**
 * Finds what a user means by a preset's name, a pretrained model's name, a task's id or a file.
 * @throws UnknownIdError listing the known names
 */
export function chooseNetwork(registry: Registry, model: string): NetworkChoice {
  const presets = new Map(registry.models.flatMap(({ presets = {} }) => Object.entries(presets)));
  const blueprint = presets.get(model);
  if (blueprint !== undefined) return { kind: 'preset', name: model, blueprint };
  try {
    return { kind: 'checkpoint', ...resolveModel(registry, { model, task: undefined }) };
  } catch (error) {
    if (!UnknownIdError.isInstance(error)) throw error;
    throw new UnknownIdError('model', model, [...error.known, ...presets.keys()]);
  }
}

/** The network's structure, without its weights. @throws CheckpointError, ModelMismatchError */
export async function readBlueprint(
  registry: Registry,
  host: Host,
  choice: NetworkChoice,
): Promise<ModelBlueprint> {
  if (choice.kind === 'preset') return choice.blueprint;
  return withCheckpoint(host, choice.location, ({ stateDict }) =>
    identifyModel(registry.models, stateDict, choice.name),
  );
}

export interface OpenNetworkOptions {
  readonly registry: Registry;
  readonly host: Host;
  readonly backend: RunningBackend;
  /** Of a preset's random weights. */
  readonly seed: number;
}

/** The network with its weights on a backend. @throws CheckpointError, ModelMismatchError */
export async function openNetwork(
  choice: NetworkChoice,
  { registry, host, backend, seed }: OpenNetworkOptions,
): Promise<RestorationModel> {
  if (choice.kind === 'preset') {
    const parameters = createParameters();
    const network = choice.blueprint.build(parameters.root);
    withBackend(backend, () => parameters.initialize(seed));
    return network;
  }
  return withCheckpoint(host, choice.location, async ({ stateDict }) => {
    const loaded = await loadModel(registry.models, { name: choice.name, stateDict }, backend);
    return loaded.network;
  });
}
