import { describe, expect, it } from 'vitest';
import { BackendUnavailableError } from '../errors/backend-unavailable-error';
import { UnknownIdError } from '../errors/unknown-id-error';
import type { BackendDefinition, BackendProbe, RunningBackend } from './backend';
import { selectBackend } from './select-backend';

const limits = { maxTensorBytes: 1 };

/** A backend that records what is asked of it. */
function fakeDefinition(
  id: string,
  rank: number,
  probe: BackendProbe = { available: true, device: `${id} device`, software: false, limits },
  start?: () => Promise<RunningBackend>,
): BackendDefinition & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    id,
    rank,
    description: id,
    asked,
    probe: async () => {
      asked.push('probe');
      return probe;
    },
    start: async () => {
      asked.push('start');
      if (start !== undefined) return start();
      const software = probe.available && probe.software;
      const device = probe.available ? probe.device : 'none';
      return { id, device, software, limits, tensorflowName: id, dispose: async () => {} };
    },
  };
}

const absent: BackendProbe = { available: false, reason: 'no such device', remedy: 'buy one' };

describe('selectBackend auto', () => {
  it('takes the highest rank that is available and says why not the better ones', async () => {
    const low = fakeDefinition('low', 1);
    const middle = fakeDefinition('middle', 2);
    const high = fakeDefinition('high', 3, absent);
    const { backend, reason } = await selectBackend([low, high, middle], 'auto');
    expect(backend.id).toBe('middle');
    expect(reason).toBe('middle (middle device): best available; not high: no such device');
    expect(low.asked).toEqual([]);
  });

  it('passes over software adapters', async () => {
    const software = fakeDefinition('gpu', 2, {
      available: true,
      device: 'Rasteriser',
      software: true,
      limits,
    });
    const { backend, reason } = await selectBackend([software, fakeDefinition('plain', 1)], 'auto');
    expect(backend.id).toBe('plain');
    expect(reason).toContain('not gpu: Rasteriser emulates a GPU on the CPU');
    expect(software.asked).toEqual(['probe']);
  });

  it('moves on when a start turns out to be impossible', async () => {
    const broken = fakeDefinition('broken', 2, undefined, async () => {
      throw new BackendUnavailableError({ subject: 'broken', problem: 'driver too old' });
    });
    const { backend, reason } = await selectBackend([broken, fakeDefinition('plain', 1)], 'auto');
    expect(backend.id).toBe('plain');
    expect(reason).toContain('not broken: driver too old');
  });

  it('does not hide any other error', async () => {
    const buggy = fakeDefinition('buggy', 2, undefined, async () => {
      throw new TypeError('a bug');
    });
    await expect(selectBackend([buggy, fakeDefinition('plain', 1)], 'auto')).rejects.toThrow('a bug');
  });

  it('lists each reason when nothing is available', async () => {
    const error = await selectBackend(
      [fakeDefinition('a', 1, absent), fakeDefinition('b', 2, { available: false, reason: 'not installed' })],
      'auto',
    ).catch((reason: unknown) => reason);
    expect(BackendUnavailableError.isInstance(error)).toBe(true);
    expect(String(error)).toContain('not b: not installed; not a: no such device');
  });
});

describe('selectBackend by id', () => {
  it('starts it without probing, software or not', async () => {
    const software = fakeDefinition('gpu', 2, {
      available: true,
      device: 'Rasteriser',
      software: true,
      limits,
    });
    const { backend, reason } = await selectBackend([software], 'gpu');
    expect(backend.id).toBe('gpu');
    expect(reason).toBe('gpu (Rasteriser): as asked; emulates a GPU on the CPU, which is slow');
    expect(software.asked).toEqual(['start']);
  });

  it('does not fall back', async () => {
    const broken = fakeDefinition('broken', 2, undefined, async () => {
      throw new BackendUnavailableError({ subject: 'broken', problem: 'driver too old' });
    });
    await expect(selectBackend([broken, fakeDefinition('plain', 1)], 'broken')).rejects.toThrow(
      'broken: driver too old',
    );
  });

  it('names the known ids for an unknown one', async () => {
    const error = await selectBackend([fakeDefinition('plain', 1)], 'warp').catch(
      (reason: unknown) => reason,
    );
    expect(UnknownIdError.isInstance(error)).toBe(true);
    expect(String(error)).toContain('warp: unknown backend; known: auto, plain');
  });
});
