import '@tensorflow/tfjs-backend-wasm';
import type { RunningBackend } from '@diffir/core';
import { setBackend } from '@tensorflow/tfjs';
import { runningBackend } from './running-backend';

/** TensorFlow.js's WebAssembly backend, for networks that take minutes in plain JavaScript. */
export async function startWasm(): Promise<RunningBackend> {
  await setBackend('wasm');
  return runningBackend('wasm');
}
