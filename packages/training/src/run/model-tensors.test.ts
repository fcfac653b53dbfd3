import { linearSchedule } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { modelTensors } from './model-tensors';

const values = new Map(
  ['G.output.weight', 'condition.E.0.bias', 'denoise.mlp.bias'].map((name, index) => {
    return [name, { shape: [2], values: Float32Array.from([index, 0.5]) }] as const;
  }),
);

describe('a model’s tensors', () => {
  it('of stage 1 are its parameters', () => {
    expect(modelTensors(values).map(({ name }) => name)).toEqual([...values.keys()]);
  });

  it('of stage 2 have copies and tables beside them, as published', async () => {
    const schedule = linearSchedule({ timesteps: 3 });
    const tensors = new Map(modelTensors(values, schedule).map((tensor) => [tensor.name, tensor]));
    expect(tensors.get('diffusion.condition.E.0.bias')?.sameAs).toBe('condition.E.0.bias');
    expect(tensors.get('diffusion.model.mlp.bias')?.sameAs).toBe('denoise.mlp.bias');
    const tables = [...tensors.keys()].filter((name) => /^diffusion\.[a-z0-9_]+$/.test(name));
    expect(tables).toHaveLength(12);
    const bytes = await tensors.get('diffusion.posterior_mean_coef1')?.bytes();
    expect(bytes).toEqual(new Uint8Array(Float32Array.from(schedule.posteriorMeanCoef1).buffer));
  });
});
