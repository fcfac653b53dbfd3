import type { NetworkRequest, RunnerSetup, RunnerThread } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { nominalSpeed } from './network-speed';
import { type WorkerOptions, workerRunners } from './worker-runners';

const nominal = nominalSpeed('wasm') ?? Number.NaN;

/** Runners on a machine of two cores that is slower than the nominal one by `slowness`. */
function onMachine({ slowness = 1, backend = 'wasm', ...options }: Partial<WorkerOptions> & Machine = {}) {
  const measured: number[] = [];
  const running = { now: 0, most: 0 };
  const finish: (() => void)[] = [];
  const startThread = (): RunnerThread => ({
    alive: true,
    run: ({ inputs }) => {
      running.now++;
      running.most = Math.max(running.most, running.now);
      return new Promise((resolve) => {
        finish.push(() => {
          running.now--;
          resolve(inputs.image);
        });
      });
    },
    end() {},
  });
  const speed = () => {
    measured.push(nominal / slowness);
    return nominal / slowness;
  };
  const local: RunnerSetup['local'] = { concurrency: 1, run: async ({ inputs }) => inputs.image };
  const { runners, planBatch } = workerRunners({
    cwd: '.',
    machine: { threads: 2, speed, startThread },
    ...options,
  });
  const chooser = runners({
    task: 'deblur',
    model: { name: 'm', location: 'm.pth' },
    backend: {
      id: backend,
      tensorflowName: backend,
      device: 'fake',
      software: false,
      limits: { maxTensorBytes: Number.POSITIVE_INFINITY },
      dispose: async () => {},
    },
    // A picture as wide as the nominal machine's seconds for it.
    macs: (_, width) => width * nominal,
    local,
  });
  const isLocal = (seconds: number) => chooser.choose({ height: 1, width: seconds }) === local;
  return { chooser, isLocal, planBatch, measured, running, finish };
}

interface Machine {
  readonly slowness?: number;
  readonly backend?: string;
}

const pictures = (count: number, seconds: number) =>
  Array.from({ length: count }, () => ({ height: 1, width: seconds }));
const request: NetworkRequest = {
  part: 'condition',
  inputs: { rows: 1, columns: 1, image: new Float32Array(3) },
};
const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('who works on a picture', () => {
  it('is the calling thread only where it would not be deaf for long', () => {
    const { isLocal } = onMachine();
    expect([0.1, 0.45, 0.55, 10].map(isLocal)).toEqual([true, true, false, false]);
  });

  it('goes by the speed that this machine has, measured once and only where it matters', () => {
    const { isLocal, measured } = onMachine({ slowness: 10 });
    expect(isLocal(0.015)).toBe(true);
    expect(measured).toEqual([]);
    expect([0.04, 0.06, 0.45].map(isLocal)).toEqual([true, false, false]);
    expect(measured).toHaveLength(1);
  });

  it('is what the user says, and for some backends always the calling thread', () => {
    expect(onMachine({ workers: 1 }).isLocal(0.001)).toBe(false);
    expect(onMachine({ workers: 0 }).isLocal(100)).toBe(true);
    expect(onMachine({ backend: 'webgpu', workers: 2 }).isLocal(100)).toBe(true);
    const machine = { threads: 0, speed: () => nominal, startThread: never };
    expect(onMachine({ machine }).isLocal(100)).toBe(true);
  });

  it('is a worker that is there anyway', async () => {
    const { chooser, isLocal, finish } = onMachine();
    const answer = chooser.choose({ height: 1, width: 3 }).run(request);
    await turn();
    finish[0]?.();
    await answer;
    expect(isLocal(0.1)).toBe(false);
  });
});

describe('the plan for a batch', () => {
  it('has as many pictures at once as workers where the batch is worth it, small ones included', () => {
    const { planBatch, isLocal } = onMachine();
    expect(planBatch(pictures(10, 0.1))).toBe(1);
    expect(isLocal(0.1)).toBe(true);
    expect(planBatch(pictures(30, 0.1))).toBe(2);
    expect(isLocal(0.1)).toBe(false);
    expect(onMachine().planBatch(pictures(1, 0.6))).toBe(2);
  });

  it('is what the user says', () => {
    expect(onMachine({ workers: 3 }).planBatch(pictures(1, 0.01))).toBe(3);
    expect(onMachine({ workers: 0 }).planBatch(pictures(99, 9))).toBe(1);
    expect(onMachine({ backend: 'webgpu' }).planBatch(pictures(99, 9))).toBe(1);
  });

  it('keeps to the memory that the user allows, over all pictures', async () => {
    const run = async (maxMemoryBytes: number) => {
      const { chooser, running, finish } = onMachine({ workers: 2, maxMemoryBytes });
      const answers = [1, 2].map(() =>
        chooser.choose({ height: 1, width: 1, requestBytes: 600 }).run(request),
      );
      await turn();
      finish[0]?.();
      await turn();
      finish[1]?.();
      await Promise.all(answers);
      return running.most;
    };
    expect(await run(1000)).toBe(1);
    expect(await run(1200)).toBe(2);
  });
});

function never(): RunnerThread {
  throw new RangeError('no thread can be started here');
}
