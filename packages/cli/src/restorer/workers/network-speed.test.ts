import { createRegistry, createRestorer, type RunnerSetup } from '@diffir/core';
import { memory } from '@tensorflow/tfjs';
import { afterEach, describe, expect, it } from 'vitest';
import { nodeHost } from '../../io/node-host';
import { builtinPlugins } from '../../plugins/builtin-plugins';
import { measureSpeed, nominalSpeed } from './network-speed';

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function backendOf(id: string): Promise<RunnerSetup['backend']> {
  const registry = createRegistry(builtinPlugins);
  const restorer = await createRestorer({ registry, host: nodeHost(), task: 'deblur', backend: id });
  closing.push(() => restorer.dispose());
  return restorer.backend;
}

/** A clock on which so many milliseconds pass between one look and the next. */
function clockOf(step: number): () => number {
  let now = 0;
  return () => {
    now += step;
    return now;
  };
}

describe('the speed of a backend on this machine', () => {
  it.each(['wasm', 'cpu'])('of %s is measured by a product that takes its time', async (id) => {
    const backend = await backendOf(id);
    const nominal = nominalSpeed(id) ?? Number.NaN;
    const before = memory().numTensors;
    // By clocks of the test's own: a product of a millisecond is as fast as it gets, one of 200 is slow.
    expect(measureSpeed(backend, clockOf(1))).toBe(nominal);
    const slow = measureSpeed(backend, clockOf(200)) ?? Number.NaN;
    expect(slow / nominal).toBeLessThan(0.1);
    expect(slow).toBeGreaterThan(0);
    expect(measureSpeed(backend)).toBeGreaterThan(0);
    expect(memory().numTensors).toBe(before);
  });

  it('is no matter of those that do not compute on the calling thread alone', async () => {
    expect(nominalSpeed('webgpu')).toBeUndefined();
    const backend = await backendOf('cpu');
    expect(measureSpeed({ ...backend, id: 'webgpu' })).toBeUndefined();
  });
});
