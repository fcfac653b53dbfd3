import { type RunningBackend, readTensor, withBackend } from '@diffir/core';
import type { Tensor4D } from '@tensorflow/tfjs';
import { dispose, tidy } from '@tensorflow/tfjs';
import { computeGradients, type GradientResult, type NamedValues } from '../gradients/compute-gradients';
import type { Objective } from '../gradients/objective';
import { groundTruthOf } from '../losses/ground-truth';
import { holeOf } from '../losses/hole';
import type { JudgedPictures } from '../stages/discriminator-objective';
import type { DiffusionBatch } from '../stages/training-batch';
import type { Adversary, AdversaryStep } from './adversary';

interface AdversarialOptions {
  /** The network's; its image losses look at the adversary. */
  readonly objective: Objective<DiffusionBatch>;
  readonly adversary: Adversary;
  readonly step: AdversaryStep;
  readonly batch: () => DiffusionBatch;
  readonly backend: RunningBackend;
}

/**
 * The gradients of the network against the discriminator, and those of the discriminator on what the network
 * made, both with the parameters as they are: one pass through the network serves the two steps (as in BasicSR;
 * LaMa's trainer runs the network once more after its step). Leaves no tensors behind.
 */
export async function computeAdversarialGradients(options: AdversarialOptions): Promise<GradientResult> {
  const { objective, adversary, step, batch, backend } = options;
  let output: Tensor4D | undefined;
  const takeOutput = (made: Tensor4D) => {
    output = made;
  };
  try {
    const network = await computeGradients(objective, batch, backend, { takeOutput });
    const fake = output;
    if (fake === undefined) return network;
    const judged = () => judgedPictures(batch(), fake, adversary);
    const result = await computeGradients(adversary.objective(step), judged, backend);
    return {
      losses: { ...network.losses, ...discriminatorTerms(result.losses) },
      gradients: network.gradients,
      discriminator: { gradients: result.gradients, advanced: await advancedValues(adversary, backend) },
    };
  } finally {
    output?.dispose();
  }
}

/** What the discriminator learns from: the batch's pictures, and those that the network made of it. */
export function judgedPictures(
  batch: DiffusionBatch,
  fake: Tensor4D,
  { knownIsReal, real: kind }: Adversary,
): JudgedPictures {
  const { lq } = batch;
  const real = groundTruthOf(batch, kind);
  const masked = knownIsReal && lq.shape[3] > real.shape[3];
  return { real, fake, ...(masked && { hole: holeOf(lq) }) };
}

/** `real` is logged as `discriminatorReal`, the total as `discriminator`. */
export function discriminatorTerms<Value>(losses: Readonly<Record<string, Value>>): Record<string, Value> {
  const renamed = Object.entries(losses).map(([name, value]) => {
    const suffix = name === 'total' ? '' : name.charAt(0).toUpperCase() + name.slice(1);
    return [`discriminator${suffix}`, value] as const;
  });
  return Object.fromEntries(renamed);
}

async function advancedValues({ discriminator }: Adversary, backend: RunningBackend): Promise<NamedValues> {
  const advanced = withBackend(backend, () => tidy(() => discriminator.advance()));
  try {
    const entries = Object.entries(advanced).map(async ([name, tensor]) => {
      const values = Float32Array.from(await readTensor(backend, tensor));
      return [name, { shape: tensor.shape, values }] as const;
    });
    return new Map(await Promise.all(entries));
  } finally {
    dispose(advanced);
  }
}
