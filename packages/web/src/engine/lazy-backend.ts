import { type BackendDefinition, type BackendProbe, BackendUnavailableError } from '@diffir/core';

interface LazyBackendOptions extends Pick<BackendDefinition, 'id' | 'description' | 'rank'> {
  /** Why it cannot run, where that is plain without loading it. */
  readonly obstacle?: () => Extract<BackendProbe, { available: false }> | undefined;
  readonly load: () => Promise<BackendDefinition>;
}

/** A backend whose code is fetched when it is first looked at. */
export function lazyBackend({ obstacle, load, ...facts }: LazyBackendOptions): BackendDefinition {
  let loading: Promise<BackendDefinition> | undefined;
  const definition = () => {
    loading ??= load().catch((cause: unknown) => {
      loading = undefined;
      throw new BackendUnavailableError({
        subject: facts.id,
        problem: 'its code cannot be loaded',
        remedy: 'see that all files of the build are served',
        cause,
      });
    });
    return loading;
  };
  return {
    ...facts,
    probe: async () => obstacle?.() ?? (await definition()).probe(),
    start: async () => (await definition()).start(),
  };
}
