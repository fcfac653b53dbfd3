import type { RunningBackend } from '@diffir/core';
import { findBackend, setBackend } from '@tensorflow/tfjs';
import { runningBackend } from './running-backend';

/** The backend that comes with TensorFlow.js. */
export async function startCpu(): Promise<RunningBackend> {
  // Keeps the advice to install tfjs-node off the console.
  Reflect.set(findBackend('cpu'), 'firstUse', false);
  await setBackend('cpu');
  return runningBackend('cpu');
}
