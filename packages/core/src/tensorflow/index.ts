/**
 * TensorFlow.js under the name by which built packages import it (`docs/decisions/0009-loading-tensorflow.md`).
 * Bundlers get this; Node the CommonJS file that `tsup.config.ts` writes, which is loaded sooner.
 */
export * from '@tensorflow/tfjs-core';
