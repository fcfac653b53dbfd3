import { availableParallelism } from 'node:os';
import type { RunningBackend } from '@diffir/core';
import type { TrainingConfig } from '@diffir/training';
import { hasTrainWorkers } from './threads/train-worker-entry';

/** Backends that compute on one core: with them a thread for each core pays. */
const singleCore = new Set(['wasm', 'cpu']);

/**
 * How many threads compute gradients; 0 for the program's own. Backends that bring their own parallelism
 * gain nothing by threads, and batches are not split finer than images.
 */
export function computeThreads({ workers, batch, phases }: TrainingConfig, backend: string): number {
  if (workers !== 'auto') return workers;
  if (!singleCore.has(backend) || !hasTrainWorkers()) return 0;
  const images = Math.max(batch ?? 1, ...(phases ?? []).map((phase) => phase.batch));
  const threads = Math.min(availableParallelism(), images);
  return threads > 1 ? threads : 0;
}

/**
 * Whether parameters and optimiser stay on a backend from step to step: on a GPU every readback is a round trip.
 * Where several threads compute gradients, or a kernel costs more than the loop that it saves, they are the host's.
 */
export function keepsValuesOnDevice({ id }: Pick<RunningBackend, 'id'>): boolean {
  return !singleCore.has(id);
}
