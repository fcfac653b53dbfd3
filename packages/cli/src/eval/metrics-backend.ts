import { AUTO_BACKEND, type BackendDefinition, type RunningBackend, selectBackend } from '@diffir/core';

/**
 * Where the networks of metrics run: the backend asked for, unless that works only on computations as a whole;
 * metrics are computed op by op.
 * @throws UnknownIdError, BackendUnavailableError as `selectBackend`
 */
export async function metricsBackend(
  backends: readonly BackendDefinition[],
  wanted: string = AUTO_BACKEND,
): Promise<RunningBackend> {
  const { backend } = await selectBackend(backends, wanted);
  const others = backends.filter(({ id }) => id !== backend.id);
  if (backend.compile === undefined || others.length === 0) return backend;
  return metricsBackend(others);
}
