import { readFile } from 'node:fs/promises';
import { bytesSource, createParameters, openCheckpoint, type StateDict } from '@diffir/core';
import { setBackend, type Tensor4D, tensor4d, tidy, transpose } from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { describeShared, sharedPath } from '../../../../tools/shared';
import { diffIRS1Definition, diffIRS2Definition } from './definition';
import { readOptions, readSchedule } from './read-options';
import { diffIRS1 } from './stage1';

/** What the reference computes in float32; every deviation seen here is below 1e-6. */
const TOLERANCE = 1e-4;

beforeAll(() => setBackend('cpu'));

async function read(...parts: string[]): Promise<StateDict> {
  const path = sharedPath('parity', ...parts);
  return (await openCheckpoint(bytesSource(path, await readFile(path)))).stateDict;
}

async function valuesOf(stateDict: StateDict, name: string): Promise<Float32Array> {
  const stored = stateDict.get(name);
  if (stored === undefined) throw new Error(`the case records no ${name}`);
  return stored.load();
}

/** A recorded `[N,C,H,W]` image as `[N,H,W,C]`. */
async function imageOf(stateDict: StateDict, name: string): Promise<Tensor4D> {
  const [n = 0, c = 0, h = 0, w = 0] = stateDict.get(name)?.shape ?? [];
  const values = await valuesOf(stateDict, name);
  return tidy(() => transpose(tensor4d(values, [n, c, h, w]), [0, 2, 3, 1]));
}

function largestError(actual: ArrayLike<number>, expected: Float32Array): number {
  expect(actual.length).toBe(expected.length);
  return expected.reduce((most, value, i) => Math.max(most, Math.abs((actual[i] ?? Number.NaN) - value)), 0);
}

describeShared('stage 1 computes what the reference computes', () => {
  it.each(['deblur-tiny', 'inpainting-tiny', 'srgan-x4-tiny'])('%s', async (name) => {
    const [expected, stateDict] = [await read(name, 'expected.safetensors'), await read(name, 'stage1.pth')];
    const options = readOptions(stateDict, 'E');
    if (options === undefined) throw new Error('not recognised as stage 1');
    const parameters = createParameters();
    const { encoder, dirformer } = diffIRS1(parameters.root, options);
    await parameters.load(stateDict);
    expect([...stateDict.keys()].sort()).toEqual([...parameters.declarations.keys()].sort());

    const [lq, gt] = [await imageOf(expected, 'input'), await imageOf(expected, 'gt')];
    const ipr = tidy(() => encoder.encode(lq, gt));
    const output = tidy(() => transpose(dirformer.forward(lq, ipr), [0, 3, 1, 2]));
    expect(largestError(ipr.dataSync(), await valuesOf(expected, 'stage1_ipr'))).toBeLessThanOrEqual(
      TOLERANCE,
    );
    expect(largestError(output.dataSync(), await valuesOf(expected, 'stage1_output'))).toBeLessThanOrEqual(
      TOLERANCE,
    );
    parameters.dispose();
  });
});

describeShared('schedules', () => {
  it.each([
    ['deblur-tiny', 'stage2.pth'],
    ['deblur-t8-dual-bias', 'stage2.pth'],
    ['inpainting-tiny', 'lightning.ckpt'],
  ])('%s: every table', async (name, file) => {
    const expected = await read(name, 'expected.safetensors');
    const schedule = await readSchedule(await read(name, file));
    const tables = Object.entries(schedule).filter(([, table]) => Array.isArray(table));
    expect(tables).toHaveLength(11 + 1);
    for (const [table, values] of tables) {
      const published = table.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      // Rounded as the file stores them: ln 1e-20 = −46.05 alone has a float32 spacing of 4e-6.
      const stored = Float32Array.from(values);
      expect(largestError(stored, await valuesOf(expected, `schedule.${published}`))).toBeLessThanOrEqual(
        1e-6,
      );
    }
  });
});

describeShared('detection', () => {
  it.each([
    ['deblur-tiny', 'stage2.pth'],
    ['deblur-t8-dual-bias', 'stage2.pth'],
    ['deblur-t8-dual-bias', 'stage2-legacy.pth'],
    ['inpainting-tiny', 'lightning.ckpt'],
    ['realsr-x1-tiny', 'stage2.pth'],
    ['realsr-x2-tiny', 'stage2.pth'],
    ['srgan-x4-tiny', 'stage2.pth'],
  ])('%s/%s: the options the file was made with', async (name, file) => {
    const config = JSON.parse(await readFile(sharedPath('parity', name, 'config.json'), 'utf8'));
    const stateDict = await read(name, file);
    const blueprint = await diffIRS2Definition.detect(stateDict);
    const { dual_pixel_task: _, ...network } = config.network;
    expect(blueprint?.options).toEqual({ scale: 1, ...network });
    expect(await diffIRS1Definition.detect(stateDict)).toBeUndefined();

    const parameters = createParameters();
    blueprint?.build(parameters.root);
    expect(parameters.count).toBe(config.parameters);
  });

  it.each(['deblur-tiny', 'inpainting-tiny', 'srgan-x4-tiny'])('%s/stage1.pth is stage 1', async (name) => {
    const stateDict = await read(name, 'stage1.pth');
    expect((await diffIRS1Definition.detect(stateDict))?.descriptor.tasks).toEqual([]);
    expect(await diffIRS2Definition.detect(stateDict)).toBeUndefined();
  });
});
