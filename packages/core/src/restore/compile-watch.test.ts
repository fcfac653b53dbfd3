import { scalar, setBackend, type Tensor } from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CompiledComputation, Computation, PlainTensor } from '../backend/compiled-computation';
import { ModelUseError } from '../errors/model-use-error';
import { watchCompiling } from './compile-watch';

let result: Tensor;

beforeAll(async () => {
  await setBackend('cpu');
  result = scalar(0);
});
afterAll(() => result.dispose());

const input = (...shape: number[]): { readonly [name: string]: PlainTensor } => ({
  image: { values: Float32Array.of(7), shape },
  ipr: { values: Float32Array.of(1), shape: [1] },
});

/** A backend that takes 2 s to compile for each new shape and 5 s to compute, on a clock of its own. */
function watched({ fails = false } = {}) {
  const time = { now: 1000, disposed: false };
  const shapes = new Set<string>();
  const compile = (computation: Computation): CompiledComputation => ({
    async run({ image, ipr }) {
      const key = String(image?.shape);
      if (!shapes.has(key)) {
        computation({});
        shapes.add(key);
        time.now += 2000;
        await Promise.resolve();
        if (fails) throw new ModelUseError({ problem: 'an op it does not know' });
      }
      const factor = ipr?.values[0] ?? Number.NaN;
      const values = image?.values.map((value) => factor * value);
      time.now += 5000;
      return values ?? Float32Array.of();
    },
    check() {},
    dispose() {
      time.disposed = true;
    },
  });
  const watch = watchCompiling(() => result, { compile, clock: () => time.now });
  if (watch === undefined) throw new Error('nothing was compiled');
  return { watch, time };
}

describe('watching a computation', () => {
  it('tells how long compiling took, once for every shape and before it is computed', async () => {
    const { watch, time } = watched();
    const heard: string[] = [];
    const run = (...shape: number[]) =>
      watch.run(input(...shape), (seconds) => heard.push(`${seconds} s at ${time.now / 1000}`));
    expect(await run(8, 8)).toEqual(Float32Array.of(7));
    expect(heard).toEqual(['2 s at 3']);
    await run(8, 8);
    expect(heard).toHaveLength(1);
    await run(16, 8);
    expect(heard).toEqual(['2 s at 3', '2 s at 15']);
  });

  it('does not count to a computation what failed before', async () => {
    const { watch, time } = watched({ fails: true });
    const heard: number[] = [];
    const run = () => watch.run(input(8, 8), (seconds) => heard.push(seconds));
    await expect(run()).rejects.toThrow(ModelUseError);
    time.now += 60_000;
    await run();
    expect(heard).toEqual([]);
  });

  it('is nothing where nothing is compiled, and frees what is', () => {
    expect(watchCompiling(() => result, { compile: () => undefined })).toBeUndefined();
    const { watch, time } = watched();
    watch.dispose();
    expect(time.disposed).toBe(true);
  });
});
