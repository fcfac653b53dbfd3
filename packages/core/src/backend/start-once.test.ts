import { describe, expect, it } from 'vitest';
import type { RunningBackend } from './backend';
import { startOnce } from './start-once';

function fakeBackend(overrides: Partial<RunningBackend> = {}): RunningBackend {
  return {
    id: 'fake',
    device: 'nothing',
    software: false,
    limits: { maxTensorBytes: 1 },
    tensorflowName: 'fake',
    dispose: async () => {},
    ...overrides,
  };
}

describe('startOnce', () => {
  it('shares one start between concurrent and later calls', async () => {
    let starts = 0;
    const start = startOnce(async () => {
      starts++;
      return fakeBackend();
    });
    const [first, second] = await Promise.all([start(), start()]);
    expect(second).toBe(first);
    expect(await start()).toBe(first);
    expect(starts).toBe(1);
  });

  it('starts again after a failure', async () => {
    let starts = 0;
    const start = startOnce(async () => {
      starts++;
      if (starts === 1) throw new Error('first time unlucky');
      return fakeBackend();
    });
    await expect(start()).rejects.toThrow('first time unlucky');
    expect((await start()).id).toBe('fake');
  });

  it('starts again after dispose, which reaches the backend', async () => {
    let starts = 0;
    let disposals = 0;
    const start = startOnce(async () => {
      starts++;
      return fakeBackend({
        dispose: async () => {
          disposals++;
        },
      });
    });
    await (await start()).dispose();
    await start();
    expect([starts, disposals]).toEqual([2, 1]);
  });

  it('leaves a newer start alone when an old backend is disposed a second time', async () => {
    const start = startOnce(async () => fakeBackend());
    const old = await start();
    await old.dispose();
    const fresh = await start();
    await old.dispose();
    expect(await start()).toBe(fresh);
  });
});
