import {
  dispose,
  type Tensor2D,
  type Tensor4D,
  tensor2d,
  tensor4d,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';
import type { RunningBackend } from '../backend/backend';
import { readTensor, withBackend } from '../backend/with-backend';
import { CheckpointError } from '../errors/checkpoint-error';
import { ModelUseError } from '../errors/model-use-error';
import { estimatePrior } from '../prior/estimate-prior';
import type { NamedStateDict } from './load-model';
import type { RestorationModel } from './model';

/** Largest absolute differences from the expected values. */
export interface VerificationErrors {
  readonly condition: number;
  readonly ipr: number;
  readonly output: number;
}

/**
 * Runs a network on recorded inputs and compares with recorded results.
 * @param expected tensors `input` [N,Cin,H,W], `noise` [N,256], `condition`, `ipr` [N,256] and
 * `output` [N,Cout,H·s,W·s], as PyTorch saves them
 * @throws CheckpointError when one of them is missing or of another size than the network gives
 */
export async function verifyModel(
  network: RestorationModel,
  expected: NamedStateDict,
  backend: RunningBackend,
): Promise<VerificationErrors> {
  const { prior } = network;
  if (prior === undefined) {
    throw new ModelUseError({ subject: network.descriptor.architecture, problem: 'has no prior to verify' });
  }
  const input = await recorded(expected, 'input', 4);
  const noise = await recorded(expected, 'noise', 2);
  const results = withBackend(backend, () =>
    tidy(() => {
      const image: Tensor4D = transpose(tensor4d(input.values, input.shape), [0, 2, 3, 1]);
      const start = tensor2d(noise.values, noise.shape);
      const { condition, ipr } = estimatePrior(prior, image, start);
      const output: Tensor4D = transpose(network.restore(image, ipr), [0, 3, 1, 2]);
      return { condition, ipr, output };
    }),
  );
  try {
    return {
      condition: await largestError(results.condition, expected, 'condition', backend),
      ipr: await largestError(results.ipr, expected, 'ipr', backend),
      output: await largestError(results.output, expected, 'output', backend),
    };
  } finally {
    withBackend(backend, () => dispose({ ...results }));
  }
}

/** Shape types by rank. */
interface Shapes {
  readonly 2: [number, number];
  readonly 4: [number, number, number, number];
}

async function recorded<R extends keyof Shapes>({ name, stateDict }: NamedStateDict, key: string, rank: R) {
  const stored = stateDict.get(key);
  if (stored === undefined || stored.shape.length !== rank) {
    throw new CheckpointError({
      subject: name,
      problem: `holds no tensor "${key}" of ${rank} axes`,
      remedy: 'give a file with input, noise, condition, ipr and output',
    });
  }
  return { shape: [...stored.shape] as Shapes[R], values: await stored.load() };
}

async function largestError(
  actual: Tensor2D | Tensor4D,
  expected: NamedStateDict,
  key: string,
  backend: RunningBackend,
): Promise<number> {
  const wanted = await recorded(expected, key, actual.rank === 2 ? 2 : 4);
  const values = await readTensor(backend, actual);
  if (actual.shape.join() !== wanted.shape.join()) {
    const problem = `"${key}" is [${wanted.shape}] and the network gives [${actual.shape}]`;
    throw new CheckpointError({ subject: expected.name, problem });
  }
  // NaN anywhere must not pass as a small error.
  return values.reduce((largest, value, index) => {
    const error = Math.abs(value - (wanted.values[index] ?? Number.NaN));
    return error <= largest ? largest : Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
  }, 0);
}
