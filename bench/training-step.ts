/**
 * Times a joint step of stage 2 on WebAssembly, one thread, for the small deblurring network with random
 * weights, and shows which kernels take the time:
 * `node scripts/run.mjs bench/training-step.ts [batch] [patch] [steps]`.
 */
import { wasmBackend } from '@diffir/backend-wasm';
import { createParameters, linearSchedule, withBackend } from '@diffir/core';
import { type DiffIRStage2Options, diffIRS1, diffIRS2 } from '@diffir/models';
import {
  constantRate,
  createTrainer,
  type DiffusionBatch,
  parameterRates,
  stage2Objective,
} from '@diffir/training';
import * as tf from '@tensorflow/tfjs';

const [batch = 8, patch = 64, steps = 3] = process.argv.slice(2).map(Number);
const options: DiffIRStage2Options = {
  inputChannels: 3,
  outputChannels: 3,
  dim: 16,
  blocks: [2, 2, 2, 3],
  refinementBlocks: 1,
  heads: [1, 2, 4, 8],
  ffnExpansionFactor: 2,
  bias: false,
  layerNorm: 'WithBias',
  head: { kind: 'residual' },
  encoderResidualBlocks: 2,
  denoiserLayers: 1,
  schedule: linearSchedule(),
};

/** Processor seconds of this process: what a step costs also while other programs run. */
function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Makes every kernel of a backend add the time it takes, without what it calls, to a table. */
function timeKernels(backendName: string): Map<string, number> {
  const times = new Map<string, number>();
  let inner = 0;
  for (const { kernelName, kernelFunc, ...rest } of tf.getKernelsForBackend(backendName)) {
    tf.unregisterKernel(kernelName, backendName);
    tf.registerKernel({
      ...rest,
      kernelName,
      kernelFunc(call) {
        const [outer, start] = [inner, processorSeconds()];
        inner = 0;
        const output = kernelFunc(call);
        const seconds = processorSeconds() - start;
        times.set(kernelName, (times.get(kernelName) ?? 0) + seconds - inner);
        inner = outer + seconds;
        return output;
      },
    });
  }
  return times;
}

const backend = await wasmBackend.start();
const parameters = createParameters({ trainable: true });
const network = diffIRS2(parameters.root, options);
const frozen = createParameters();
const teacher = diffIRS1(frozen.root, options).encoder;
withBackend(backend, () => {
  parameters.initialize(1);
  frozen.initialize(2);
});
const objective = stage2Objective({ phase: 'joint', network, parameters, teacher });
const rates = parameterRates(constantRate(1e-4));
const trainer = await createTrainer({ objective, backend, rates, maxGradientNorm: 1 });
const part = {
  images: batch,
  batch: (): DiffusionBatch => ({
    lq: tf.randomUniform([batch, patch, patch, 3], 0, 1, 'float32', 1),
    gt: tf.randomUniform([batch, patch, patch, 3], 0, 1, 'float32', 2),
    noise: tf.randomNormal([batch, 256], 0, 1, 'float32', 3),
  }),
};

const times = timeKernels(backend.tensorflowName);
for (let step = 0; step < steps; step++) {
  times.clear();
  const [start, processorStart] = [performance.now(), processorSeconds()];
  const { losses } = await trainer.step([part]);
  const seconds = (performance.now() - start) / 1000;
  const processor = processorSeconds() - processorStart;
  console.log(
    `batch ${batch}, ${patch}²: ${seconds.toFixed(2)} s, ${processor.toFixed(2)} s of processor time, loss ${losses.total?.toFixed(4)}`,
  );
}
const slowest = [...times].sort(([, a], [, b]) => b - a).slice(0, 12);
for (const [name, seconds] of slowest) console.log(`${(1000 * seconds).toFixed(0).padStart(6)} ms  ${name}`);
console.log(`peak resident memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`);
