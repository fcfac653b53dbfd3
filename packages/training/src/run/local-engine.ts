import {
  cropToSize,
  padToMultiple,
  type RunningBackend,
  readTensor,
  type TaskDefinition,
  withBackend,
} from '@diffir/core';
import { tidy } from '@tensorflow/tfjs';
import { batchTensors, inputTensors, type PlainBatch } from '../data/plain-batch';
import { computeGradients, type NamedValues } from '../gradients/compute-gradients';
import { computeAdversarialGradients } from './adversarial-gradients';
import type { GradientEngine } from './gradient-engine';
import type { StageNetworks } from './stage-networks';

interface LocalEngineOptions {
  readonly networks: StageNetworks;
  readonly task: TaskDefinition;
  readonly backend: RunningBackend;
  /** Height and width of LQ must be multiples of this; pictures to restore are padded to it. */
  readonly sizeMultiple: number;
}

/** Computes on this thread. */
export function createLocalEngine(options: LocalEngineOptions): GradientEngine {
  const { networks, task, backend } = options;
  const { adversary } = networks;
  const run = <T>(compute: () => T) => withBackend(backend, compute);

  function put(values: NamedValues, parameters = networks.parameters): void {
    parameters.assign(new Map([...values].map(([name, { values: data }]) => [name, data])), run);
  }

  return {
    async gradients({ values, phase, batch, adversary: judged }) {
      put(values);
      const objective = networks.objective(phase);
      const tensors = () => batchTensors(batch, task);
      if (adversary === undefined || judged === undefined) {
        return computeGradients(objective, tensors, backend);
      }
      put(judged.values, adversary.parameters);
      const { step } = judged;
      return computeAdversarialGradients({ objective, adversary, step, batch: tensors, backend });
    },
    async restore({ values, batch }) {
      put(values);
      const output = run(() => restorePadded(batch, options));
      try {
        return { size: batch.gtSize, values: Float32Array.from(await readTensor(backend, output)) };
      } finally {
        output.dispose();
      }
    },
    dispose: async () => networks.dispose(),
  };
}

function restorePadded(batch: PlainBatch, { networks, task, sizeMultiple }: LocalEngineOptions) {
  const [height, width] = batch.gtSize;
  const scale = height / batch.lqSize[0];
  return tidy(() => {
    const { lq, gt, noise } = batchTensors(batch, task);
    const output = networks.restore(
      padToMultiple(lq, sizeMultiple),
      padToMultiple(gt, sizeMultiple * scale),
      noise,
    );
    return task.compose(cropToSize(output, height, width), inputTensors(batch));
  });
}
