import { OptionError, type RunningBackend, type TaskDefinition, withBackend } from '@diffir/core';
import {
  add,
  concat1d,
  dispose,
  mul,
  type NamedTensorMap,
  reshape,
  stack,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
  tidy,
} from '@tensorflow/tfjs';
import { batchTensors, type PlainBatch } from '../data/plain-batch';
import { vectorNorm } from '../device/device-adam';
import { gradientTensors } from '../gradients/compute-gradients';
import type { Objective } from '../gradients/objective';
import type { DiffusionBatch } from '../stages/training-batch';
import { discriminatorTerms, judgedPictures } from './adversarial-gradients';
import type { Adversary, AdversaryStep } from './adversary';

/** The gradients of all trained parameters as one vector. */
type Join = (gradients: ReadonlyMap<Tensor, Tensor>) => Tensor1D;

export interface DeviceGradientOptions {
  /** The network's; asked for anew for each part. */
  readonly objective: () => Objective<DiffusionBatch>;
  readonly join: Join;
  /** The discriminator's part, where it takes part. */
  readonly opponent?: { readonly adversary: Adversary; readonly step: AdversaryStep; readonly join: Join };
  readonly task: TaskDefinition;
  readonly backend: RunningBackend;
}

/** Gradients of a batch on the backend, averaged over its images, and numbers to read back. */
export interface DeviceGradients {
  readonly gradient: Tensor1D;
  /** The discriminator's, and what advances in it without being trained. */
  readonly judged?: { readonly gradient: Tensor1D; readonly advanced: NamedTensorMap };
  /** Of the losses. */
  readonly names: readonly string[];
  /** The gradient's norm, the discriminator's where there is one, and the losses in their order. */
  readonly numbers: Tensor1D;
}

/**
 * Computes the gradients of a batch part by part, as `computeGradients` and `computeAdversarialGradients` do; reads
 * nothing back. What comes of it is the caller's to dispose.
 * @throws OptionError when there are no parts
 */
export function accumulateGradients(
  parts: readonly PlainBatch[],
  options: DeviceGradientOptions,
): DeviceGradients {
  const { backend, opponent } = options;
  const images = parts.reduce((sum, part) => sum + part.images, 0);
  let names: readonly string[] = [];
  const made = withBackend(backend, () =>
    tidy(() => {
      let sums: PartVectors | undefined;
      for (const part of parts) {
        const before = sums;
        sums = tidy(() => {
          const { losses, ...gradients } = partGradients(part, options);
          names = Object.keys(losses);
          const vectors = { ...gradients, losses: toVector(Object.values(losses)) };
          dispose(losses);
          return addShare(before, vectors, part.images / images);
        });
        dispose(before);
      }
      if (sums === undefined) throw new OptionError({ subject: 'batch', problem: 'it has no parts' });
      const { gradient, judged, losses } = sums;
      const norms = [gradient, ...(judged === undefined ? [] : [judged])].map(vectorNorm);
      const advanced = judged && opponent?.adversary.discriminator.advance();
      return { gradient, judged, advanced, numbers: concat1d([toVector(norms), losses]) };
    }),
  );
  const { gradient, judged, advanced, numbers } = made;
  return { gradient, names, numbers, ...(judged && advanced && { judged: { gradient: judged, advanced } }) };
}

/** Scalars in one vector. */
function toVector(scalars: readonly Tensor[]): Tensor1D {
  return reshape(stack([...scalars]), [scalars.length]);
}

/** What one part gives, or several together, as vectors. */
type PartVectors = {
  readonly gradient: Tensor1D;
  readonly judged: Tensor1D | undefined;
  readonly losses: Tensor1D;
};

function addShare(sums: PartVectors | undefined, part: PartVectors, share: number): PartVectors {
  const addTo = (sum: Tensor1D | undefined, value: Tensor1D): Tensor1D => {
    const scaled = mul<Tensor1D>(value, share);
    return sum === undefined ? scaled : add(sum, scaled);
  };
  return {
    gradient: addTo(sums?.gradient, part.gradient),
    judged: part.judged && addTo(sums?.judged, part.judged),
    losses: addTo(sums?.losses, part.losses),
  };
}

interface PartGradients {
  readonly gradient: Tensor1D;
  readonly judged: Tensor1D | undefined;
  /** Outlive the scope that they are computed in. */
  readonly losses: NamedTensorMap;
}

function partGradients(part: PlainBatch, options: DeviceGradientOptions): PartGradients {
  const { objective, join, opponent, task, backend } = options;
  const batch = () => batchTensors(part, task);
  if (opponent === undefined) {
    const { losses, gradients } = gradientTensors(objective(), batch, backend);
    return { gradient: join(gradients), judged: undefined, losses: { ...losses } };
  }
  let output: Tensor4D | undefined;
  const takeOutput = (made: Tensor4D) => {
    output = made;
  };
  const network = gradientTensors(objective(), batch, backend, { takeOutput });
  const gradient = join(network.gradients);
  dispose([...network.gradients.values()]);
  const fake = output;
  if (fake === undefined) return { gradient, judged: undefined, losses: { ...network.losses } };
  try {
    const { adversary, step } = opponent;
    const pictures = () => judgedPictures(batch(), fake, adversary);
    const { losses, gradients } = gradientTensors(adversary.objective(step), pictures, backend);
    const judged = opponent.join(gradients);
    return { gradient, judged, losses: { ...network.losses, ...discriminatorTerms(losses) } };
  } catch (error) {
    dispose({ ...network.losses });
    throw error;
  } finally {
    dispose(fake);
  }
}
