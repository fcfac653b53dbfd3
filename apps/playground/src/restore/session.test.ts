import type { Image, Restorer, RestorerOptions } from '@diffir/web';
import { describe, expect, it, vi } from 'vitest';
import { createSession, type RestoreRequest } from './session';

const image: Image = { data: new Uint8Array(3), width: 1, height: 1, channels: 3 };
const file = new File(['weights'], 'mine.pth');
const request: RestoreRequest = {
  photo: new Blob(),
  task: 'deblur',
  backend: 'auto',
  model: { kind: 'built-in', id: 'deblur-small' },
  seed: 3,
};

/** A session over a restorer that does what a test tells it to. */
function testSession(restore: Restorer['restore'] = async () => image) {
  const dispose = vi.fn(async () => {});
  const restorer = (): Restorer => ({
    task: { id: 'deblur', mask: 'none' },
    model: {
      architecture: 'test',
      purpose: 'tests',
      tasks: ['deblur'],
      scale: 4,
      inputChannels: 3,
      outputChannels: 3,
      sizeMultiple: 1,
      tiling: 'none',
    },
    backend: { id: 'wasm', description: 'one thread' },
    backendReason: 'chosen for a test',
    restore,
    memory: async () => ({ tensors: 5, bytes: 100 }),
    dispose,
  });
  const createRestorer = vi.fn(async (_: RestorerOptions) => restorer());
  let now = 0;
  const session = createSession({ createRestorer, clock: () => (now += 500) });
  const controller = new AbortController();
  const watch = { signal: controller.signal, onDownload: vi.fn(), onPixels: vi.fn() };
  return { session, createRestorer, dispose, watch, controller };
}

describe('a session', () => {
  it('gives the picture and what it took', async () => {
    const { session, watch } = testSession();
    expect(await session.restore(request, watch)).toEqual({
      image,
      seconds: 0.5,
      scale: 4,
      backend: { id: 'wasm', description: 'one thread', reason: 'chosen for a test' },
      memory: { tensors: 5, bytes: 100 },
    });
  });

  it('hands on what was chosen', async () => {
    const restore = vi.fn<Restorer['restore']>(async () => image);
    const { session, createRestorer, watch } = testSession(restore);
    const mask = new Blob();
    await session.restore({ ...request, mask, model: { kind: 'url', url: 'https://a.org/b.pth' } }, watch);
    await session.restore({ ...request, model: { kind: 'file', file } }, watch);
    const models = createRestorer.mock.calls.map(([options]) => options.model);
    expect(models).toEqual([new URL('https://a.org/b.pth'), file]);
    expect(createRestorer.mock.calls[0]?.[0]).toMatchObject({ task: 'deblur', backend: 'auto' });
    expect(restore.mock.calls[0]).toMatchObject([request.photo, { seed: 3, mask }]);
    expect(restore.mock.calls[1]?.[1]).not.toHaveProperty('mask');
  });

  it('keeps the network while the choices stay, and lets it go before it loads another', async () => {
    const { session, createRestorer, dispose, watch } = testSession();
    await session.restore(request, watch);
    await session.restore({ ...request, seed: 4, photo: new Blob() }, watch);
    expect(createRestorer).toHaveBeenCalledTimes(1);
    createRestorer.mockImplementationOnce(async () => {
      expect(dispose).toHaveBeenCalledTimes(1);
      throw new Error('damaged');
    });
    await expect(session.restore({ ...request, backend: 'cpu' }, watch)).rejects.toThrow('damaged');
    await session.restore({ ...request, backend: 'cpu' }, watch);
    await session.restore({ ...request, backend: 'cpu', task: 'sr' }, watch);
    await session.restore({ ...request, backend: 'cpu', task: 'sr', model: { kind: 'file', file } }, watch);
    expect(createRestorer).toHaveBeenCalledTimes(5);
  });

  it('starts afresh after a failure, not after a cancellation', async () => {
    const restore = vi.fn<Restorer['restore']>(async () => image);
    const { session, createRestorer, dispose, watch, controller } = testSession(restore);
    restore.mockRejectedValueOnce(new Error('device lost'));
    await expect(session.restore(request, watch)).rejects.toThrow('device lost');
    expect(dispose).toHaveBeenCalledTimes(1);
    restore.mockImplementationOnce(async () => {
      controller.abort();
      return watch.signal.throwIfAborted() ?? image;
    });
    await expect(session.restore(request, watch)).rejects.toThrow(/aborted/);
    await session.restore(request, { ...watch, signal: new AbortController().signal });
    expect(createRestorer).toHaveBeenCalledTimes(2);
    expect(dispose).toHaveBeenCalledTimes(1);
  });
});
