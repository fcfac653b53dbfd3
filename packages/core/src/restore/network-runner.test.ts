import { memory, mul, setBackend, slice, type Tensor2D, type Tensor4D, tidy, zeros } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CompiledComputation, Computation } from '../backend/compiled-computation';
import { linearSchedule } from '../diffusion/schedule';
import { ModelUseError } from '../errors/model-use-error';
import { OutOfMemoryError } from '../errors/out-of-memory-error';
import type { Image } from '../image/image';
import { identitySetup } from '../testing/restoration-setup';
import type { NetworkRequest } from './network-request';
import { createLocalRunner, type NetworkRunner } from './network-runner';
import { type RestorationSetup, type RestoreProgress, restoreImage } from './restore-image';

beforeAll(() => setBackend('cpu'));

const image: Image = {
  data: Uint8Array.from({ length: 120 * 90 * 3 }, (_, index) => (index * 73 + (index >> 6)) % 256),
  width: 120,
  height: 90,
  channels: 3,
};
const tiles = { tile: 32, overlap: 8 };

/** A network whose output depends on the picture's IPR, which is estimated in pieces. */
function setupWithPrior(): RestorationSetup {
  const setup = identitySetup((input, ipr) => (ipr === undefined ? input.clone() : mul(input, ipr)));
  const features = (input: Tensor4D): Tensor4D => slice(input, [0, 0, 0, 0], [-1, -1, -1, 1]);
  const finish = (average: Tensor2D): Tensor2D => average.clone();
  const prior = {
    encoder: { size: 1, encode: notWhole, pieces: { cell: 1, radius: 2, features, finish } },
    denoiser: { predictStart: (condition: Tensor2D): Tensor2D => condition.clone() },
    schedule: linearSchedule({ timesteps: 1 }),
  };
  return { ...setup, network: { ...setup.network, prior } };
}

function notWhole(): Tensor2D {
  throw new ModelUseError({ problem: 'the picture is to be encoded in pieces' });
}

/** Hands requests to the local runner, each after a delay of its own; counts those under way. */
function delayed(local: NetworkRunner, concurrency: number, delay: (index: number) => number) {
  const seen = { underWay: 0, most: 0, parts: [] as string[] };
  const runner: NetworkRunner = {
    concurrency,
    async run(request, signal) {
      const index = seen.parts.push(request.part);
      seen.most = Math.max(seen.most, ++seen.underWay);
      await new Promise((resolve) => setTimeout(resolve, delay(index)));
      try {
        return await local.run(structuredClone(request), signal);
      } finally {
        seen.underWay--;
      }
    },
  };
  return { runner, seen };
}

describe('a restoration by other runners', () => {
  it('gives the same bytes, whoever computes and whenever it is done', async () => {
    const setup = setupWithPrior();
    const before = memory().numTensors;
    const expected = await restoreImage(setup, image, tiles);
    for (const [concurrency, delay] of [
      [2, (index: number) => (index % 3) * 5],
      [3, (index: number) => 12 - (index % 4) * 4],
    ] as const) {
      const { runner, seen } = delayed(createLocalRunner(setup), concurrency, delay);
      expect(await restoreImage({ ...setup, chooseRunner: () => runner }, image, tiles)).toEqual(expected);
      expect(seen.most).toBe(concurrency);
      expect(new Set(seen.parts)).toEqual(new Set(['features', 'restore']));
    }
    expect(memory().numTensors).toBe(before);
  });

  it('is chosen by the size of the padded picture and what a tile takes', async () => {
    const pictures: unknown[] = [];
    const setup = identitySetup();
    const network = {
      ...setup.network,
      descriptor: { ...setup.network.descriptor, workingBytesPerPixel: 100 },
    };
    const chooseRunner = (picture: unknown) => {
      pictures.push(picture);
      return createLocalRunner(setup);
    };
    await restoreImage({ ...setup, network, chooseRunner }, image);
    await restoreImage({ ...setup, network, chooseRunner }, image, { tile: 64, overlap: 8 });
    const size = { height: 96, width: 120 };
    expect(pictures).toEqual([
      { ...size, requestBytes: 96 * 120 * 100 },
      { ...size, requestBytes: 56 * 64 * 100 },
    ]);
  });

  it('has fewer tiles under way where memory is short, and the same tiles', async () => {
    const setup = identitySetup(undefined, { workingBytesPerPixel: 1000 });
    const [tileBytes, local] = [32 * 32 * 1000, createLocalRunner(setup)];
    for (const [memoryBytes, most] of [
      [2.5 * tileBytes, 2],
      [tileBytes / 2, 1],
      [100 * tileBytes, 4],
    ] as const) {
      const { runner, seen } = delayed(local, 4, () => 1);
      await restoreImage({ ...setup, chooseRunner: () => ({ ...runner, memoryBytes }) }, image, tiles);
      expect(seen.most).toBe(most);
      expect(seen.parts).toHaveLength(20);
    }
  });

  it('is split when a runner runs out of memory', async () => {
    const setup = identitySetup();
    const local = createLocalRunner(setup);
    const run = async (request: NetworkRequest) => {
      if (request.inputs.rows > 16) throw new OutOfMemoryError({ problem: 'too large' });
      return local.run(request);
    };
    const chooseRunner = () => ({ concurrency: 3, run });
    expect(await restoreImage({ ...setup, chooseRunner }, image, tiles)).toEqual(image);
  });

  it('rejects at once with the reason of an abort inside a tile', async () => {
    const before = memory().numTensors;
    const controller = new AbortController();
    const run = (_: NetworkRequest, signal?: AbortSignal) =>
      new Promise<never>((_, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason));
        setTimeout(() => controller.abort('enough'), 1);
      });
    const setup = { ...identitySetup(), chooseRunner: () => ({ concurrency: 2, run }) };
    const restoring = restoreImage(setup, image, { ...tiles, signal: controller.signal });
    await expect(restoring).rejects.toBe('enough');
    expect(memory().numTensors).toBe(before);
  });
});

describe('the local runner', () => {
  it('refuses what a network without prior cannot answer, and keeps no tensors', async () => {
    const before = memory().numTensors;
    const runner = createLocalRunner(identitySetup());
    const inputs = { rows: 8, columns: 8, image: new Float32Array(192) };
    await expect(runner.run({ part: 'condition', inputs })).rejects.toThrow(ModelUseError);
    expect(memory().numTensors).toBe(before);
  });
});

describe('a backend that compiles', () => {
  /** Traces for each new shape, and computes what it has traced. */
  function compilingSetup(): RestorationSetup {
    const setup = identitySetup();
    const compile = (computation: Computation): CompiledComputation => {
      const shapes = new Set<string>();
      return {
        async run({ image }) {
          if (image === undefined) throw new ModelUseError({ problem: 'no image' });
          const key = String(image.shape);
          if (!shapes.has(key)) {
            tidy(() => computation({ image: zeros([...image.shape]) }));
            await new Promise((resolve) => setTimeout(resolve, 20));
            shapes.add(key);
          }
          return image.values;
        },
        check() {},
        dispose() {},
      };
    };
    return { ...setup, backend: { ...setup.backend, compile } };
  }

  it('makes a restoration tell how long that took so far, once for all tiles of a size', async () => {
    const heard: RestoreProgress[] = [];
    const onProgress = (progress: RestoreProgress) => heard.push(progress);
    await restoreImage(compilingSetup(), image, { tile: 64, overlap: 8, onProgress });
    const pixelsTotal = 120 * 90;
    const [start, compiled, ...rest] = heard;
    expect(start).toEqual({ pixelsDone: 0, pixelsTotal });
    expect(compiled).toEqual({ pixelsDone: 0, pixelsTotal, compileSeconds: expect.any(Number) });
    // Timers may be a millisecond early.
    expect(compiled?.compileSeconds).toBeGreaterThan(0.018);
    const compileSeconds = compiled?.compileSeconds ?? Number.NaN;
    const tiles = [1, 2, 3, 4].map((tile) => ({ pixelsDone: (pixelsTotal * tile) / 4, pixelsTotal }));
    expect(rest).toEqual(tiles.map((tile) => ({ ...tile, compileSeconds })));
  });

  it('makes it add up what it took for several sizes', async () => {
    const setup = identitySetup();
    const local = createLocalRunner(setup);
    const run: NetworkRunner['run'] = (request, signal, onCompiled) => {
      onCompiled?.(2);
      return local.run(request, signal);
    };
    const heard: unknown[] = [];
    await restoreImage({ ...setup, chooseRunner: () => ({ concurrency: 1, run }) }, image, {
      tile: 64,
      overlap: 8,
      onProgress: ({ compileSeconds }) => heard.push(compileSeconds),
    });
    expect(heard).toEqual([undefined, 2, 2, 4, 4, 6, 6, 8, 8]);
  });

  it('tells nobody who has aborted', async () => {
    const runner = createLocalRunner(compilingSetup());
    const controller = new AbortController();
    const heard: number[] = [];
    const inputs = { rows: 8, columns: 8, image: new Float32Array(192) };
    const request: NetworkRequest = { part: 'restore', inputs };
    const running = runner.run(request, controller.signal, (seconds) => heard.push(seconds));
    setTimeout(() => controller.abort('enough'), 5);
    await expect(running).rejects.toBe('enough');
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(heard).toEqual([]);
    runner.dispose();
  });
});

describe('a computation that does not keep this thread busy', () => {
  const request: NetworkRequest = {
    part: 'restore',
    inputs: { rows: 8, columns: 8, image: new Float32Array(8 * 8 * 3) },
  };

  /** Computed somewhere else, and never done. */
  const elsewhere = {
    'op by op': () =>
      identitySetup((input) => Object.assign(input.clone(), { data: () => new Promise<never>(() => {}) })),
    compiled: () => {
      const setup = identitySetup();
      const compile = () => ({ run: () => new Promise<never>(() => {}), check() {}, dispose() {} });
      return { ...setup, backend: { ...setup.backend, compile } };
    },
  };

  it.each(['op by op', 'compiled'] as const)('is not waited for when it is aborted: %s', async (how) => {
    const before = memory().numTensors;
    const runner = createLocalRunner(elsewhere[how]());
    const controller = new AbortController();
    const running = runner.run(request, controller.signal);
    setTimeout(() => controller.abort(new TypeError('enough')), 20);
    await expect(running).rejects.toThrow('enough');
    expect(memory().numTensors).toBe(before);
    runner.dispose();
  });
});
