import { BackendUnavailableError } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import type { GpuSource } from './gpu-source';
import { webgpuBackendOver } from './webgpu-backend';

/** A source whose adapters are given by a function. */
function source(requestAdapter: () => Promise<GPUAdapter | null>): GpuSource {
  return {
    open: async () => ({
      requestAdapter,
      exposeNames: () => () => {},
      withNavigator: (construct) => construct(),
    }),
  };
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'no failure',
    (error: unknown) => error,
  );
}

describe('webgpu backend where it cannot run', () => {
  it('passes on why there is no WebGPU', async () => {
    const obstacle = { reason: 'no driver', remedy: 'install one' };
    const backend = webgpuBackendOver({ open: async () => obstacle }, {});
    expect(await backend.probe()).toEqual({ available: false, ...obstacle });
    const error = await failureOf(backend.start());
    expect(BackendUnavailableError.isInstance(error)).toBe(true);
    expect(String(error)).toContain('webgpu: no driver; install one');
  });

  it('is unavailable without an adapter', async () => {
    const backend = webgpuBackendOver(
      source(async () => null),
      {},
    );
    expect(await backend.probe()).toMatchObject({
      available: false,
      reason: 'WebGPU finds no GPU it can use',
    });
    expect(BackendUnavailableError.isInstance(await failureOf(backend.start()))).toBe(true);
  });

  it('is unavailable when the adapter refuses a device', async () => {
    const adapter: GPUAdapter = Object.assign(Object.create(null), {
      info: { vendor: 'acme', architecture: 'one' },
      limits: {},
      features: new Set(),
      requestDevice: () => Promise.reject(new Error('adapter consumed')),
    });
    const backend = webgpuBackendOver(
      source(async () => adapter),
      {},
    );
    const error = await failureOf(backend.start());
    expect(BackendUnavailableError.isInstance(error)).toBe(true);
    expect(String(error)).toContain('webgpu: acme one refuses to be used');
  });

  it('asks for the adapter it was told to take', async () => {
    const asked: unknown[] = [];
    const open = async () => ({
      requestAdapter: async (options: object) => {
        asked.push(options);
        return null;
      },
      exposeNames: () => () => {},
      withNavigator: <T>(construct: () => T) => construct(),
    });
    await webgpuBackendOver({ open }, {}).probe();
    await webgpuBackendOver({ open }, { powerPreference: 'low-power', forceFallbackAdapter: true }).probe();
    expect(asked).toEqual([
      { powerPreference: 'high-performance', forceFallbackAdapter: false },
      { powerPreference: 'low-power', forceFallbackAdapter: true },
    ]);
  });
});
