import { readTensor, selectBackend, withBackend } from '@diffir/core';
import { describeBackend } from '@diffir/core/testing';
import * as tf from '@tensorflow/tfjs';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { describe, expect, it } from 'vitest';
import { runNodeScript } from '../../../../tools/node-script';
import { describeWebGPU } from '../../../../tools/optional-suites';
import { createWebGPUBackend, webgpuBackend } from './index.node';

const gpuGlobals = () => Object.getOwnPropertyNames(globalThis).filter((name) => name.startsWith('GPU'));

describeWebGPU('webgpu backend over Dawn', () => {
  describeBackend(webgpuBackend, { describe, it, expect });

  it('knows SwiftShader for what it is', async () => {
    expect(await webgpuBackend.probe()).toMatchObject({ available: true, software: true });
    await expect(selectBackend([webgpuBackend], 'auto')).rejects.toThrow('emulates a GPU on the CPU');
  });

  it('shows WebGPU to the rest of the process only while it runs, and never as navigator.gpu', async () => {
    expect(gpuGlobals()).toEqual([]);
    const backend = await webgpuBackend.start();
    expect(gpuGlobals()).toContain('GPUBuffer');
    expect(globalThis.navigator?.gpu).toBeUndefined();
    await backend.dispose();
    expect(gpuGlobals()).toEqual([]);
  });

  it('gives the device back', async () => {
    const backend = await webgpuBackend.start();
    const instance = tf.findBackend('webgpu');
    await backend.dispose();
    if (!(instance instanceof WebGPUBackend)) throw new TypeError('not the webgpu backend');
    expect((await instance.device.lost).reason).toBe('destroyed');
  });

  it('computes everything on the GPU, whatever has been uploaded before', async () => {
    const backend = await webgpuBackend.start();
    expect(tf.env().getBool('WEBGPU_CPU_FORWARD')).toBe(false);
    await backend.dispose();
    expect(tf.env().getBool('WEBGPU_CPU_FORWARD')).toBe(true);
  });

  it('reports what the device rejects, when results are read', async () => {
    const backend = await webgpuBackend.start();
    // Twice what one buffer can hold; the buffer is invalid, and nothing is allocated.
    const side = Math.ceil(Math.sqrt((2 * backend.limits.maxTensorBytes) / 4));
    const huge = withBackend(backend, () => tf.fill([side, side], 1));
    const sum = withBackend(backend, () => tf.slice(huge, [0, 0], [1, 1]));
    await expect(readTensor(backend, sum)).rejects.toThrow(/^webgpu: .*size/);
    tf.dispose([huge, sum]);
    await backend.dispose();
  });

  it('is unavailable when Dawn is told to use an adapter that is not there', async () => {
    const probe = await createWebGPUBackend({ dawnFlags: ['adapter=no such GPU'] }).probe();
    expect(probe).toMatchObject({
      available: false,
      reason: expect.stringContaining('no suitable backends found Available adapters'),
    });
  });
});

const script = (end: string) => `
  import { withBackend, readTensor } from '@diffir/core';
  import * as tf from '@tensorflow/tfjs';
  import { webgpuBackend } from './packages/backends/webgpu/src/index.node';
  const backend = await webgpuBackend.start();
  const product = withBackend(backend, () => tf.matMul(tf.ones([9, 7]), tf.ones([7, 5])));
  console.log((await readTensor(backend, product))[0]);
  ${end}
`;

describeWebGPU('a process that used WebGPU', () => {
  it.each([
    ['by itself', '', 0],
    ['by itself after dispose', 'await backend.dispose();', 0],
    ['by itself with work still queued', 'withBackend(backend, () => tf.matMul(product, product, true));', 0],
    ['by process.exit', 'process.exit(3);', 3],
  ])('ends %s', async (_, end, code) => {
    expect(await runNodeScript(script(end))).toEqual({ code, signal: null, stdout: '7\n', stderr: '' });
  });
});

describe('a process on a machine without a GPU', () => {
  it('is told so without a word from Dawn or the drivers', async () => {
    const { stdout, stderr } = await runNodeScript(
      `
        import { webgpuBackend } from './packages/backends/webgpu/src/index.node';
        const probe = await webgpuBackend.probe();
        console.log(probe.available || probe.reason);
      `,
      { env: { VK_ICD_FILENAMES: undefined, XDG_RUNTIME_DIR: undefined } },
    );
    expect(stdout).toMatch(/^(true|this machine has no GPU|the Vulkan loader .*|WebGPU finds no GPU.*)\n$/);
    expect(stderr).toBe('');
  });
});
