import { openCheckpoint } from '@diffir/core';
import { openFileSource } from '../../packages/cli/src/io/file-source';

/** What all contestants of a comparison compute, and with what. */
export interface Setting {
  /** Weights of the published network, which all contestants share. */
  readonly weights: string;
  /** PyTorch's input, noise and output for these weights. */
  readonly recorded: string;
  readonly preset: string;
  readonly threads: number;
  /** A Python with torch, and a checkout of the published code; for `torch:` contestants. */
  readonly python: string;
  readonly checkout: string;
  readonly pythonPath?: string;
}

/** A tensor as PyTorch lays it out. */
export interface RecordedTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export type RecordedName = 'input' | 'noise' | 'output';

/** Reads tensors of a recorded run. */
export async function readRecorded(
  file: string,
  names: readonly RecordedName[],
): Promise<Record<RecordedName, RecordedTensor>> {
  const empty: RecordedTensor = { shape: [], values: new Float32Array() };
  const tensors = { input: empty, noise: empty, output: empty };
  const { stateDict, close } = await openCheckpoint(await openFileSource(file));
  for (const name of names) {
    const stored = stateDict.get(name);
    if (stored === undefined) throw new RangeError(`${file}: no tensor "${name}"`);
    tensors[name] = { shape: stored.shape, values: await stored.load() };
  }
  await close();
  return tensors;
}
