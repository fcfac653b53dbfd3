import { BackendUnavailableError, backendRanks, probeBackends, type Registry } from '@diffir/core';

/**
 * The backends to time: those asked for, or every one that works here without emulating a GPU, plain
 * JavaScript only where there is nothing better.
 * @throws BackendUnavailableError when there is none
 */
export async function chooseBackends(
  { backends }: Registry,
  asked: readonly string[] | undefined,
): Promise<readonly string[]> {
  if (asked !== undefined) return [...new Set(asked)];
  const probed = await probeBackends(backends);
  const working = probed
    .filter(({ probe }) => probe.available && !probe.software)
    .map(({ definition }) => definition);
  const fast = working.filter(({ rank }) => rank > backendRanks.cpu);
  if (working.length > 0) return (fast.length > 0 ? fast : working).map(({ id }) => id);
  throw new BackendUnavailableError({ subject: 'backend', problem: 'none can run here' });
}
