import { createParameters } from '@diffir/core';
import { engine, memory, mul, ones, type Scalar, sum, type Tensor1D } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { cpuBackend } from '../../../../tools/test-backends';
import { computeGradients } from './compute-gradients';
import type { Objective } from './objective';

const vector = (size: number) =>
  ({ layout: 'vector', shape: [size], initializer: { kind: 'constant', value: 2 } }) as const;

/** The sum of a parameter times a factor, with others beside it. */
function createObjective({ trainable }: { readonly trainable: boolean }) {
  const parameters = createParameters({ trainable });
  const used = parameters.root.get('used', vector(2));
  parameters.root.get('unused', vector(3));
  parameters.root.get('fixed', vector(1));
  const depths: number[] = [];
  const objective: Objective<Tensor1D> = {
    parameters,
    trains: (name) => name !== 'fixed',
    prepare(factor) {
      depths.push(engine().state.gradientDepth);
      return () => {
        depths.push(engine().state.gradientDepth);
        const total: Scalar = sum(mul(used.tensor, factor));
        return { total, terms: { twice: mul(total, 2) } };
      };
    },
  };
  return { parameters, objective, depths };
}

const batch = () => mul<Tensor1D>(ones([2]), 3);

describe('computeGradients', () => {
  it('gives losses and the gradient of every trained parameter, and leaves no tensors', async () => {
    const backend = await cpuBackend.start();
    const { parameters, objective } = createObjective({ trainable: true });
    parameters.initialize(1);
    const before = memory().numTensors;
    const { losses, gradients } = await computeGradients(objective, batch, backend);
    expect(losses).toEqual({ total: 12, twice: 24 });
    expect(Object.fromEntries(gradients)).toEqual({
      used: { shape: [2], values: Float32Array.of(3, 3) },
      unused: { shape: [3], values: Float32Array.of(0, 0, 0) },
    });
    expect(memory().numTensors).toBe(before);
  });

  it('prepares the batch before anything is recorded', async () => {
    const backend = await cpuBackend.start();
    const { parameters, objective, depths } = createObjective({ trainable: true });
    parameters.initialize(1);
    await computeGradients(objective, batch, backend);
    expect(depths).toEqual([0, 1]);
  });

  it('refuses frozen parameters', async () => {
    const backend = await cpuBackend.start();
    const { parameters, objective } = createObjective({ trainable: false });
    parameters.initialize(1);
    await expect(computeGradients(objective, batch, backend)).rejects.toThrow(
      'parameters: none of them is trainable; create them with { trainable: true }',
    );
  });
});
