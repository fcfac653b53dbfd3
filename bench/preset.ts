/**
 * Times a published preset at full size with random weights on WebAssembly:
 * `node scripts/run.mjs bench/preset.ts [preset] [side] [runs]`.
 */
import { wasmBackend } from '@diffir/backend-wasm';
import { createParameters, estimatePrior, priorNoise, withBackend } from '@diffir/core';
import { stage2Blueprint, stage2Presets } from '@diffir/models';
import * as tf from '@tensorflow/tfjs';

const [preset = 'motion-deblurring', side = '256', runs = '3'] = process.argv.slice(2);
const options = Object.entries(stage2Presets).find(([name]) => name === preset)?.[1];
if (options === undefined) throw new Error(`known presets: ${Object.keys(stage2Presets).join(', ')}`);

const blueprint = stage2Blueprint(options);
const parameters = createParameters();
const { prior, restore } = blueprint.build(parameters.root);
const backend = await wasmBackend.start();
const pixels = Number(side);
const flop = 2 * blueprint.macs(pixels, pixels);

withBackend(backend, () => {
  parameters.initialize(1);
  const channels = blueprint.descriptor.inputChannels;
  const input = tf.randomUniform<tf.Rank.R4>([1, pixels, pixels, channels]);
  for (let run = 0; run < Number(runs); run++) {
    const start = performance.now();
    tf.tidy(() => {
      const noise = tf.tensor2d(priorNoise(0, 256), [1, 256]);
      restore(input, prior && estimatePrior(prior, input, noise).ipr).dataSync();
    });
    const seconds = (performance.now() - start) / 1000;
    console.log(`${preset} ${side}²: ${seconds.toFixed(2)} s, ${(flop / seconds / 1e9).toFixed(1)} GFLOP/s`);
  }
});
console.log(`peak resident memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`);
