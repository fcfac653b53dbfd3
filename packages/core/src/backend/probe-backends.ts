import { DiffIRError } from '../errors/diffir-error';
import type { BackendDefinition, BackendProbe } from './backend';

/** What a backend answered when probed. */
export interface ProbedBackend {
  readonly definition: BackendDefinition;
  readonly probe: BackendProbe;
}

/**
 * Probes every backend, one after the other (drivers of the same GPU are not asked twice at once), in
 * order of rank. Never rejects: a probe that fails counts as "not available" with the failure as reason.
 */
export async function probeBackends(backends: readonly BackendDefinition[]): Promise<ProbedBackend[]> {
  const probed: ProbedBackend[] = [];
  for (const definition of [...backends].sort((a, b) => b.rank - a.rank)) {
    probed.push({ definition, probe: await definition.probe().catch(failedProbe) });
  }
  return probed;
}

function failedProbe(error: unknown): BackendProbe {
  if (DiffIRError.isInstance(error)) {
    const { problem, remedy } = error.details;
    return { available: false, reason: problem, ...(remedy === undefined ? {} : { remedy }) };
  }
  return { available: false, reason: `the probe failed: ${error instanceof Error ? error.message : error}` };
}
