import { memory, mul, setBackend, type Tensor2D, tensor2d, tidy } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { reverseProcess } from './reverse-process';
import { linearSchedule } from './schedule';

beforeAll(() => setBackend('cpu'));

describe('reverseProcess', () => {
  const schedule = linearSchedule();

  it('walks t from T−1 to 0 and weighs start and state with the posterior coefficients', () => {
    const visited: number[] = [];
    tidy(() => {
      const start = tensor2d([[2, -1]]);
      const states = reverseProcess(schedule, tensor2d([[1, 1]]), (_, t) => {
        visited.push(t);
        return start.clone();
      });
      const expected = [1, 1];
      states.forEach((state, step) => {
        const t = schedule.timesteps - 1 - step;
        const [c1 = 0, c2 = 0] = [schedule.posteriorMeanCoef1[t], schedule.posteriorMeanCoef2[t]];
        expected[0] = c1 * 2 + c2 * (expected[0] ?? 0);
        expected[1] = c1 * -1 + c2 * (expected[1] ?? 0);
        const values = state.dataSync();
        expect(values[0]).toBeCloseTo(expected[0] ?? 0, 5);
        expect(values[1]).toBeCloseTo(expected[1] ?? 0, 5);
      });
      return states;
    });
    expect(visited).toEqual([3, 2, 1, 0]);
  });

  it('ends exactly on the last prediction', () => {
    const result = tidy(() => {
      const predict = (z: Tensor2D): Tensor2D => mul(z, 0.5);
      const states = reverseProcess(schedule, tensor2d([[8]]), predict);
      const [before, last] = states.slice(-2).map((state) => state.dataSync()[0] ?? Number.NaN);
      expect(last).toBe((before ?? 0) * 0.5);
      return states.length;
    });
    expect(result).toBe(4);
  });

  it('keeps nothing but the states', () => {
    const before = memory().numTensors;
    const noise = tensor2d([[1]]);
    const states = reverseProcess(schedule, noise, (z) => mul(mul(z, 2), 3));
    expect(memory().numTensors).toBe(before + 1 + states.length);
    for (const tensor of [noise, ...states]) tensor.dispose();
    expect(memory().numTensors).toBe(before);
  });
});
