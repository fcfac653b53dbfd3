import { createParameters } from '@diffir/core';
import { setBackend } from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { startStage2 } from './stage2-start';

beforeAll(() => setBackend('cpu'));

it('startStage2 takes DIRformer from stage 1 and starts the rest afresh', async () => {
  const parameters = createParameters({ trainable: true });
  const weight = { layout: 'vector', shape: [3], initializer: { kind: 'uniform', bound: 1 } } as const;
  for (const name of ['G.a', 'condition.a', 'denoise.a']) parameters.root.get(name, weight);
  const trained = (value: number) => ({ shape: [3], values: new Float32Array(3).fill(value) });
  const stage1 = new Map([
    ['G.a', trained(5)],
    ['E.a', trained(7)],
  ]);
  startStage2(parameters, stage1, 1);
  const [first, second] = [await parameters.export(), await parameters.export()];
  expect(first).toEqual(second);
  expect(first.get('G.a')).toEqual(trained(5));
  const fresh = ['condition.a', 'denoise.a'].flatMap((name) => [...(first.get(name)?.values ?? [])]);
  expect(fresh.every((value) => Math.abs(value) < 1 && value !== 0)).toBe(true);
  expect(new Set(fresh).size).toBe(6);
});
