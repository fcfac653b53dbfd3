import { cast, greater, memory, mul, sub, type Tensor4D, tensor4d, tidy } from '@tensorflow/tfjs';
import type { ModelDescriptor } from '../model/model';
import type { TaskDefinition, TaskInputs } from '../task/task';
import { noise } from './reference-array';
import type { TestRunner } from './test-runner';

export interface TaskContractOptions {
  readonly task: TaskDefinition;
  /** A model that serves the task. */
  readonly model: ModelDescriptor;
}

/**
 * The contract suite of tasks: what every `TaskDefinition` keeps to.
 * @example
 * import { describeTask } from '@diffir/core/testing';
 * import { describe, expect, it } from 'vitest';
 *
 * describeTask({ task: myTask, model: aModelForIt }, { describe, it, expect });
 */
export function describeTask(
  { task, model }: TaskContractOptions,
  { describe, it, expect }: TestRunner,
): void {
  const [height, width] = [6, 9];

  function inputs(): TaskInputs {
    const image = tensorOf([2, height, width, 3], 1);
    if (task.mask === 'none') return { image };
    const mask: Tensor4D = cast(greater<Tensor4D>(tensorOf([2, height, width, 1], 2), 0.5), 'float32');
    return { image, mask };
  }

  describe(`task contract of ${task.id}`, () => {
    it('has an id fit for a command line and a description', () => {
      expect(task.id).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(task.description).toMatch(/^\S.*\S$/);
    });

    it('takes a model made for it and gives a reason for refusing another', () => {
      expect(task.rejects(model)).toBe(undefined);
      expect(task.rejects({ ...model, tasks: ['something-else'] })).toMatch(/^\S.*\S$/);
    });

    it('prepares what the model reads', () => {
      const shape = tidy(() => task.prepare(inputs()).shape);
      expect(shape).toEqual([2, height, width, model.inputChannels]);
    });

    it('composes a picture in [0,1] whatever the network gives', () => {
      const picture = tidy(() => task.compose(wildOutput(), inputs()).clone());
      expect(picture.shape).toEqual([2, height * model.scale, width * model.scale, 3]);
      expect(picture.dataSync<'float32'>().every((value) => value >= 0 && value <= 1)).toBe(true);
      picture.dispose();
    });

    it('keeps no tensors', () => {
      const before = memory().numTensors;
      tidy(() => {
        task.prepare(inputs());
        task.compose(wildOutput(), inputs());
      });
      expect(memory().numTensors).toBe(before);
    });
  });

  function wildOutput(): Tensor4D {
    const shape = [2, height * model.scale, width * model.scale, model.outputChannels] as const;
    return sub(mul(tensorOf(shape, 3), 6), 3);
  }
}

function tensorOf(shape: readonly [number, number, number, number], seed: number): Tensor4D {
  const { values } = noise(shape, { seed, low: 0, high: 1 });
  return tensor4d(Float32Array.from(values), [shape[0], shape[1], shape[2], shape[3]]);
}
