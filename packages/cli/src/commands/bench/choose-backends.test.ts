import {
  type BackendDefinition,
  type BackendProbe,
  BackendUnavailableError,
  createRegistry,
} from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { chooseBackends } from './choose-backends';

type Kind = 'works' | 'software' | 'absent';

function backend(id: string, rank: number, kind: Kind): BackendDefinition {
  const limits = { maxTensorBytes: 1 };
  const probe: BackendProbe =
    kind === 'absent'
      ? { available: false, reason: 'absent' }
      : { available: true, device: id, software: kind === 'software', limits };
  const start = async () => {
    throw new BackendUnavailableError({ problem: 'never started' });
  };
  return { id, rank, description: id, probe: async () => probe, start };
}

function registry(...backends: readonly BackendDefinition[]) {
  return createRegistry([{ name: 'test', backends }]);
}

describe('chooseBackends', () => {
  const plain = backend('plain', 100, 'works');

  it('takes what works, best first, without emulation and plain JavaScript', async () => {
    const all = registry(
      plain,
      backend('wasm', 200, 'works'),
      backend('native', 300, 'works'),
      backend('gpu', 400, 'software'),
      backend('other', 500, 'absent'),
    );
    expect(await chooseBackends(all, undefined)).toEqual(['native', 'wasm']);
  });

  it('takes plain JavaScript where there is nothing else', async () => {
    expect(await chooseBackends(registry(plain), undefined)).toEqual(['plain']);
  });

  it('takes what is asked for, once', async () => {
    expect(await chooseBackends(registry(plain), ['x', 'plain', 'x'])).toEqual(['x', 'plain']);
  });

  it('says so where nothing works', async () => {
    const none = registry(backend('gpu', 400, 'software'));
    await expect(chooseBackends(none, undefined)).rejects.toThrow(BackendUnavailableError);
  });
});
