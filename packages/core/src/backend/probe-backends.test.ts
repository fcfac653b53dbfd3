import { describe, expect, it } from 'vitest';
import { BackendUnavailableError } from '../errors/backend-unavailable-error';
import type { BackendDefinition, BackendProbe } from './backend';
import { probeBackends } from './probe-backends';

function definition(id: string, rank: number, probe: () => Promise<BackendProbe>): BackendDefinition {
  return { id, rank, description: id, probe, start: () => Promise.reject(new Error('never started')) };
}

describe('probeBackends', () => {
  it('answers for every backend in order of rank, whatever its probe does', async () => {
    const present: BackendProbe = {
      available: true,
      device: 'CPU',
      software: false,
      limits: { maxTensorBytes: 1 },
    };
    const probed = await probeBackends([
      definition('present', 1, async () => present),
      definition('typed', 3, async () => {
        throw new BackendUnavailableError({ subject: 'typed', problem: 'no driver', remedy: 'install it' });
      }),
      definition('buggy', 2, async () => {
        throw new TypeError('a bug');
      }),
    ]);
    expect(probed.map(({ definition: { id }, probe }) => ({ id, probe }))).toEqual([
      { id: 'typed', probe: { available: false, reason: 'no driver', remedy: 'install it' } },
      { id: 'buggy', probe: { available: false, reason: 'the probe failed: a bug' } },
      { id: 'present', probe: present },
    ]);
  });
});
