import type { ModelDescriptor } from '@diffir/core';
import { describeTask } from '@diffir/core/testing';
import { setBackend, tensor4d } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { inpainting } from './inpainting/inpainting';
import { tasksPlugin } from './plugin';

beforeAll(() => setBackend('cpu'));

const base: ModelDescriptor = {
  architecture: 'any',
  purpose: 'tests',
  tasks: [],
  scale: 1,
  inputChannels: 3,
  outputChannels: 3,
  sizeMultiple: 8,
  tiling: 'shared-prior',
};

const models: Readonly<Record<string, Partial<ModelDescriptor>>> = {
  deblur: {},
  sr: { scale: 4 },
  'real-sr': { scale: 2 },
  inpaint: { inputChannels: 4 },
};

for (const task of tasksPlugin.tasks ?? []) {
  describeTask({ task, model: { ...base, tasks: [task.id], ...models[task.id] } }, { describe, it, expect });
}

describe('inpainting', () => {
  const image = () => tensor4d([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], [1, 1, 2, 3]);
  const mask = () => tensor4d([0, 1], [1, 1, 2, 1]);

  it('hides the hole and appends the mask', () => {
    const inputs = { image: image(), mask: mask() };
    const prepared = inpainting.prepare(inputs);
    const expected = [0.1, 0.2, 0.3, 0, 0, 0, 0, 1].map(Math.fround);
    expect([...prepared.dataSync()]).toEqual(expected);
  });

  it('returns known pixels bit for bit and fills the hole', () => {
    const output = tensor4d([9, 9, 9, 0.7, -1, 0.9], [1, 1, 2, 3]);
    const composed = inpainting.compose(output, { image: image(), mask: mask() });
    expect([...composed.dataSync()]).toEqual([0.1, 0.2, 0.3, 0.7, 0, 0.9].map(Math.fround));
  });
});
