import { describe, expect, it } from 'vitest';
import type { NamedValues } from '../gradients/compute-gradients';
import { adamStep, createAdamState } from './adam';

function named(values: Record<string, number[]>): NamedValues {
  return new Map(
    Object.entries(values).map(([name, data]) => [
      name,
      { shape: [data.length], values: Float32Array.from(data) },
    ]),
  );
}

const values = (all: NamedValues, name: string) => [...(all.get(name)?.values ?? [])];

describe('adamStep', () => {
  it('takes the steps that torch.optim.Adam takes', () => {
    const parameters = named({ w: [1, -2, 0.5] });
    const state = createAdamState(parameters);
    const gradients = [
      [0.1, -0.2, 0],
      [0.3, 0.1, 1e-6],
      [-0.2, 0.05, 2],
    ];
    for (const gradient of gradients) adamStep(parameters, named({ w: gradient }), state, () => 1e-2);
    // torch 1.13, Adam([w], lr=1e-2, betas=(0.9, 0.99), eps=1e-8), in float64.
    const expected = [0.978262189, -1.986717125, 0.486319278];
    values(parameters, 'w').forEach((value, index) => {
      expect(value).toBeCloseTo(expected[index] ?? Number.NaN, 6);
    });
    expect(state.step).toBe(3);
  });

  it('leaves parameters without a gradient alone', () => {
    const parameters = named({ a: [1], b: [2] });
    const state = createAdamState(parameters);
    adamStep(parameters, named({ a: [1] }), state, () => 0.5);
    expect([values(parameters, 'a'), values(parameters, 'b')]).toEqual([[0.5], [2]]);
  });

  it('takes each parameter at its own rate', () => {
    const parameters = named({ a: [1], b: [1] });
    adamStep(parameters, named({ a: [1], b: [1] }), createAdamState(parameters), (name) =>
      name === 'a' ? 0.5 : 0.25,
    );
    expect([values(parameters, 'a'), values(parameters, 'b')]).toEqual([[0.5], [0.75]]);
  });

  it('names a gradient that belongs to nothing', () => {
    const parameters = named({ a: [1] });
    const step = () => adamStep(parameters, named({ b: [1] }), createAdamState(parameters), () => 1);
    expect(step).toThrow('b: has a gradient, but the optimiser does not know it');
  });
});
