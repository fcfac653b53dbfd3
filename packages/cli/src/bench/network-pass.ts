import {
  type Computation,
  estimatePrior,
  type NamedTensors,
  type PlainTensor,
  type RestorationModel,
  type RunningBackend,
  readTensor,
  withBackend,
} from '@diffir/core';
import { type Tensor, type Tensor2D, type Tensor4D, tensor, tidy } from '@tensorflow/tfjs-core';
import type { Pass } from './serve-forwards';

/** What goes into a network: an image in H,W,C order and z_T. */
export interface NetworkInput {
  readonly image: Float32Array;
  readonly height: number;
  readonly width: number;
  readonly noise: Float32Array;
}

/**
 * A function that runs prior and DIRformer on a backend and times it, from values in memory to values in
 * memory. The first call includes what a backend compiles.
 */
export function createNetworkPass(
  network: RestorationModel,
  backend: RunningBackend,
): (input: NetworkInput) => Promise<Pass> {
  const { scale, outputChannels } = network.descriptor;
  const computation = (inputs: NamedTensors) => compute(network, inputs);
  const compiled = backend.compile?.(computation);
  return async (input) => {
    const start = performance.now();
    const tensors = plainTensors(network, input);
    const values = await (compiled?.run(tensors) ?? computeOpByOp(backend, computation, tensors));
    const seconds = (performance.now() - start) / 1000;
    const pixels = input.height * input.width * scale * scale;
    return { seconds, output: () => interleavedToPlanar(values, pixels, outputChannels) };
  };
}

type PlainTensors = { readonly [name: string]: PlainTensor };

function plainTensors({ descriptor }: RestorationModel, input: NetworkInput): PlainTensors {
  return {
    image: { values: input.image, shape: [1, input.height, input.width, descriptor.inputChannels] },
    noise: { values: input.noise, shape: [1, input.noise.length] },
  };
}

function compute({ prior, restore }: RestorationModel, { image, noise }: NamedTensors): Tensor {
  if (prior === undefined) return restore(image as Tensor4D);
  return restore(image as Tensor4D, estimatePrior(prior, image as Tensor4D, noise as Tensor2D).ipr);
}

async function computeOpByOp(
  backend: RunningBackend,
  computation: Computation,
  inputs: PlainTensors,
): Promise<Float32Array> {
  const output = withBackend(backend, () =>
    tidy(() => {
      const tensors = Object.entries(inputs).map(
        ([name, { values, shape }]) => [name, tensor(values, [...shape])] as const,
      );
      return computation(Object.fromEntries(tensors));
    }),
  );
  try {
    // A copy: a backend may hand out the array that it keeps.
    return Float32Array.from(await readTensor(backend, output));
  } finally {
    withBackend(backend, () => output.dispose());
  }
}

/** H,W,C to C,H,W. */
export function interleavedToPlanar(values: Float32Array, pixels: number, channels: number): Float32Array {
  return Float32Array.from(values, (_, index) => {
    return values[(index % pixels) * channels + Math.floor(index / pixels)] ?? Number.NaN;
  });
}

/** C,H,W to H,W,C. */
export function planarToInterleaved(values: Float32Array, pixels: number, channels: number): Float32Array {
  return interleavedToPlanar(values, channels, pixels);
}
