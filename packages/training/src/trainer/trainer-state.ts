import { CheckpointError, type StateDict, type TensorToWrite } from '@diffir/core';
import type { NamedValues } from '../gradients/compute-gradients';
import type { AdamState } from '../optimiser/adam';

/** Everything a training run needs to go on as if it had not stopped, apart from its data. */
export interface TrainerState {
  /** Steps taken. */
  readonly iteration: number;
  readonly parameters: NamedValues;
  /** The moving average of the parameters: what is validated and shipped. */
  readonly average: NamedValues;
  readonly adam: AdamState;
  /** Where one is trained beside the network. */
  readonly discriminator?: DiscriminatorState;
}

/** A discriminator with its optimiser; what changes in it without being trained is among its parameters. */
export interface DiscriminatorState {
  readonly parameters: NamedValues;
  readonly adam: AdamState;
}

/** What stands before a parameter's published name in a saved state. */
const prefixes = {
  parameters: 'params.',
  average: 'params_ema.',
  firstMoments: 'adam.first_moment.',
  secondMoments: 'adam.second_moment.',
} as const;

const ITERATION = 'iteration';
const ADAM_STEP = 'adam.step';
/** What stands before all that belongs to the discriminator. */
const DISCRIMINATOR = 'discriminator.';

/** A state as tensors for `writeSafetensors`; read back by `stateFromTensors` to the same bits. */
export function stateToTensors(state: TrainerState): TensorToWrite[] {
  const { iteration, parameters, average, adam, discriminator } = state;
  return [
    integerTensor(ITERATION, iteration),
    ...valueTensors(prefixes.parameters, parameters),
    ...valueTensors(prefixes.average, average),
    ...adamTensors('', adam),
    ...(discriminator === undefined
      ? []
      : [
          ...valueTensors(DISCRIMINATOR + prefixes.parameters, discriminator.parameters),
          ...adamTensors(DISCRIMINATOR, discriminator.adam),
        ]),
  ];
}

function adamTensors(prefix: string, { step, firstMoments, secondMoments }: AdamState): TensorToWrite[] {
  return [
    integerTensor(prefix + ADAM_STEP, step),
    ...valueTensors(prefix + prefixes.firstMoments, firstMoments),
    ...valueTensors(prefix + prefixes.secondMoments, secondMoments),
  ];
}

/** Parameters as tensors to write under their published names, with a prefix. */
export function valueTensors(prefix: string, values: NamedValues): TensorToWrite[] {
  return [...values].map(([name, { shape, values: data }]) => ({
    name: prefix + name,
    dtype: 'f32',
    shape,
    bytes: async () => littleEndian(data),
  }));
}

/**
 * A state out of a checkpoint that `stateToTensors` was written to.
 * @throws CheckpointError when it is no such checkpoint
 */
export async function stateFromTensors(stateDict: StateDict): Promise<TrainerState> {
  const discriminator = stateDict.has(DISCRIMINATOR + ADAM_STEP) && {
    discriminator: {
      parameters: await readValues(stateDict, DISCRIMINATOR + prefixes.parameters),
      adam: await readAdam(stateDict, DISCRIMINATOR),
    },
  };
  return {
    iteration: await readInteger(stateDict, ITERATION),
    parameters: await readValues(stateDict, prefixes.parameters),
    average: await readValues(stateDict, prefixes.average),
    adam: await readAdam(stateDict, ''),
    ...discriminator,
  };
}

async function readAdam(stateDict: StateDict, prefix: string): Promise<AdamState> {
  return {
    step: await readInteger(stateDict, prefix + ADAM_STEP),
    firstMoments: await readValues(stateDict, prefix + prefixes.firstMoments),
    secondMoments: await readValues(stateDict, prefix + prefixes.secondMoments),
  };
}

async function readValues(stateDict: StateDict, prefix: string): Promise<NamedValues> {
  const stored = [...stateDict].filter(([name]) => name.startsWith(prefix));
  const entries = stored.map(async ([name, tensor]) => {
    const { shape } = tensor;
    return [name.slice(prefix.length), { shape, values: await tensor.load() }] as const;
  });
  return new Map(await Promise.all(entries));
}

async function readInteger(stateDict: StateDict, name: string): Promise<number> {
  const bytes = await stateDict.get(name)?.loadBytes();
  if (bytes?.length !== Int32Array.BYTES_PER_ELEMENT) {
    throw new CheckpointError({
      subject: name,
      problem: 'not in the training state',
      remedy: 'resume from a state that this program saved',
    });
  }
  return new DataView(bytes.buffer, bytes.byteOffset).getInt32(0, true);
}

function integerTensor(name: string, value: number): TensorToWrite {
  const bytes = new Uint8Array(Int32Array.BYTES_PER_ELEMENT);
  new DataView(bytes.buffer).setInt32(0, value, true);
  return { name, dtype: 'i32', shape: [], bytes: async () => bytes };
}

function littleEndian(values: Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.byteLength));
  values.forEach((value, index) => {
    view.setFloat32(index * Float32Array.BYTES_PER_ELEMENT, value, true);
  });
  return new Uint8Array(view.buffer);
}
