import { describe, expect, it } from 'vitest';
import { inspectAdapter } from './adapter';

const limits = { maxBufferSize: 2 ** 31, maxStorageBufferBindingSize: 2 ** 30 };

/** An adapter as far as `inspectAdapter` looks; the rest is a device's business. */
function adapter(parts: object): GPUAdapter {
  return Object.assign(Object.create(null), { limits, ...parts });
}

async function software(info: object): Promise<boolean> {
  return (await inspectAdapter(adapter({ info: { vendor: '', ...info } }))).software;
}

describe('inspectAdapter', () => {
  it('describes a GPU as fully as its adapter does', async () => {
    const info = { vendor: 'nvidia', architecture: 'hopper', device: '', description: '' };
    expect((await inspectAdapter(adapter({ info }))).device).toBe('nvidia hopper');
    const full = { ...info, device: 'nvidia-h100-', description: 'NVIDIA: 550.54' };
    expect((await inspectAdapter(adapter({ info: full }))).device).toBe('nvidia-h100 (NVIDIA: 550.54)');
    const masked = { vendor: '', architecture: '', device: '', description: '' };
    expect((await inspectAdapter(adapter({ info: masked }))).device).toBe('unnamed GPU');
  });

  it('asks older browsers, where the information is behind a method', async () => {
    const requestAdapterInfo = async () => ({ vendor: 'intel', architecture: 'gen-12' });
    expect((await inspectAdapter(adapter({ requestAdapterInfo }))).device).toBe('intel gen-12');
  });

  it('takes the smaller of the limits on buffers and on bindings', async () => {
    expect((await inspectAdapter(adapter({ info: {} }))).limits).toEqual({ maxTensorBytes: 2 ** 30 });
  });

  it('recognises GPUs emulated on the CPU', async () => {
    expect(await software({ architecture: 'swiftshader' })).toBe(true);
    expect(await software({ vendor: 'mesa', device: 'llvmpipe-llvm-15-0-6-256-bits-' })).toBe(true);
    expect(await software({ vendor: 'microsoft', architecture: 'warp' })).toBe(true);
    expect(
      await software({
        device: 'microsoft-basic-render-driver',
        description: 'Microsoft Basic Render Driver',
      }),
    ).toBe(true);
    expect(await software({ isFallbackAdapter: true })).toBe(true);
    expect((await inspectAdapter(adapter({ info: {}, isFallbackAdapter: true }))).software).toBe(true);
  });

  it('takes real GPUs for real', async () => {
    expect(await software({ vendor: 'nvidia', architecture: 'hopper', isFallbackAdapter: false })).toBe(
      false,
    );
    expect(await software({ vendor: 'apple', description: 'Warped Pixels' })).toBe(false);
    expect((await inspectAdapter(adapter({ info: undefined }))).software).toBe(false);
  });
});
