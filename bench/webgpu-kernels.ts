/**
 * What the fused WebGPU kernels save, on whatever adapter there is: dispatches and bytes of each level's
 * block, fused and composed of TensorFlow.js's kernels, and the seconds of a preset's forward pass both
 * ways, in interleaved pairs. Parameters are random.
 * `node scripts/run.mjs bench/webgpu-kernels.ts [preset] [HxW] [pairs] [f32|f16]`
 * For a machine that has only Node and the package `webgpu`:
 * `npx esbuild bench/webgpu-kernels.ts --bundle --platform=node --format=esm --external:webgpu
 *  --conditions=@diffir/source,import --main-fields=module,main --outfile=bench.mjs
 *  --banner:js="import{createRequire}from'node:module';const require=createRequire(import.meta.url);"`
 */
import {
  type BlockSizes,
  blockAccount,
  createWebGPUBackend,
  profileDispatches,
} from '@diffir/backend-webgpu';
import { createParameters, kernelNames, readTensor, withBackend } from '@diffir/core';
import { type DiffIRStage2Options, stage2Blueprint, stage2Presets } from '@diffir/models';
import * as tf from '@tensorflow/tfjs';
import { dynamicBlock } from '../packages/models/src/dirformer/dynamic-block';

const [preset = 'motion-deblurring', size = '256x256', pairs = '5', precision = 'f32'] =
  process.argv.slice(2);
const presets: Readonly<Record<string, DiffIRStage2Options>> = stage2Presets;
const options = presets[preset];
if (options === undefined) throw new Error(`known presets: ${Object.keys(presets).join(', ')}`);
const { dim, heads, bias, ffnExpansionFactor, layerNorm } = options;
const [height = 256, width = height] = size.split('x').map(Number);
const iprSize = 256;
/** How often TensorFlow.js submits by itself. */
const PLAIN_BATCH = 15;

const backend = await createWebGPUBackend({ halfPrecision: precision === 'f16' }).start();
const ipr = withBackend(backend, () => tf.randomUniform<tf.Rank.R2>([1, iprSize], -1, 1));
console.log(
  `${backend.device}${backend.software ? ', emulated' : ''}, ${preset}, ${height}×${width}, ${precision}`,
);

/** Without the fused kernels, and submitting as TensorFlow.js does. */
function plainly<T>(compute: () => T): T {
  const kernels = Object.values(kernelNames).flatMap((name) => tf.getKernel(name, 'webgpu') ?? []);
  const batch = tf.env().getNumber('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE');
  for (const { kernelName, backendName } of kernels) tf.unregisterKernel(kernelName, backendName);
  tf.env().set('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE', PLAIN_BATCH);
  try {
    return compute();
  } finally {
    tf.env().set('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE', batch);
    for (const kernel of kernels) tf.registerKernel(kernel);
  }
}

const levels = [
  { name: 'encoder 1', times: 1, heads: heads[0], shrink: 1 },
  { name: 'decoder 1', times: 2, heads: heads[0], shrink: 1 },
  { name: 'level 2', times: 2, heads: heads[1], shrink: 2 },
  { name: 'level 3', times: 4, heads: heads[2], shrink: 4 },
  { name: 'latent', times: 8, heads: heads[3], shrink: 8 },
];

const megabytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1).padStart(9);

/** Dispatches of one block, and what they move. */
async function profileBlock(sizes: BlockSizes, variant: 'fused' | 'plain') {
  const { channels, height, width } = sizes;
  const parameters = createParameters();
  const block = dynamicBlock(parameters.root, {
    channels,
    heads: sizes.heads,
    ffnExpansionFactor,
    bias,
    layerNorm,
    iprSize,
  });
  const x = withBackend(backend, () => {
    parameters.initialize(1);
    return tf.randomNormal<tf.Rank.R4>([1, height, width, channels]);
  });
  const profile = () => profileDispatches(backend, () => block.forward(x, ipr));
  const { result, dispatches } = variant === 'fused' ? profile() : plainly(profile);
  await readTensor(backend, result);
  tf.dispose([x, result]);
  parameters.dispose();
  const moved = dispatches.reduce((sum, { traffic }) => sum + traffic.read + traffic.written, 0);
  return { dispatches: dispatches.length, moved };
}

console.log(
  '\nblock       channels   dispatches: fused  plain   MiB: minimum     fused     plain   fused/minimum',
);
for (const { name, times, heads, shrink } of levels) {
  const channels = dim * times;
  const sizes: BlockSizes = {
    images: 1,
    height: Math.ceil(height / shrink),
    width: Math.ceil(width / shrink),
    channels,
    heads,
    hidden: Math.floor(channels * ffnExpansionFactor),
    iprSize,
    kind: layerNorm,
    biases: { norm: layerNorm === 'WithBias', pointwise: bias, depthwise: bias, projection: bias },
  };
  const { minimum } = blockAccount(sizes);
  const fused = await profileBlock(sizes, 'fused');
  const plain = await profileBlock(sizes, 'plain');
  console.log(
    name.padEnd(12) +
      String(channels).padStart(8) +
      String(fused.dispatches).padStart(20) +
      String(plain.dispatches).padStart(7) +
      megabytes(minimum).padStart(16) +
      [fused.moved, plain.moved].map((bytes) => ` ${megabytes(bytes)}`).join('') +
      (fused.moved / minimum).toFixed(2).padStart(16),
  );
}

const blueprint = stage2Blueprint(options);
const parameters = createParameters();
const { restore } = blueprint.build(parameters.root);
const input = withBackend(backend, () => {
  parameters.initialize(1);
  return tf.randomUniform<tf.Rank.R4>([1, height, width, blueprint.descriptor.inputChannels]);
});
const forward = () => tf.tidy(() => restore(input, ipr));

const fusedProfile = profileDispatches(backend, forward);
const plainProfile = plainly(() => profileDispatches(backend, forward));
const [fusedValues, plainValues] = [
  await readTensor(backend, fusedProfile.result),
  await readTensor(backend, plainProfile.result),
];
tf.dispose([fusedProfile.result, plainProfile.result]);
const deviation = fusedValues.reduce(
  (most, value, i) => Math.max(most, Math.abs(value - (plainValues[i] ?? 0))),
  0,
);
console.log(
  `\nforward: ${fusedProfile.dispatches.length} dispatches fused, ${plainProfile.dispatches.length} plain; ` +
    `largest difference ${deviation.toExponential(1)}`,
);

/** Seconds from the first command to the values on the CPU, and of them those spent recording commands. */
async function time(record: () => tf.Tensor): Promise<{ total: number; recording: number }> {
  const start = performance.now();
  const result = withBackend(backend, record);
  const recorded = performance.now();
  await readTensor(backend, result);
  const end = performance.now();
  result.dispose();
  return { total: (end - start) / 1000, recording: (recorded - start) / 1000 };
}

const median = (values: readonly number[]) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

const fused: { total: number; recording: number }[] = [];
const plain: { total: number; recording: number }[] = [];
for (let pair = 0; pair < Number(pairs); pair++) {
  fused.push(await time(forward));
  plain.push(await time(() => plainly(forward)));
}
const flop = 2 * blueprint.macs(height, width);
for (const [name, times] of [
  ['fused', fused],
  ['plain', plain],
] as const) {
  const seconds = median(times.map(({ total }) => total));
  const recording = median(times.map((each) => each.recording));
  console.log(
    `${name}: median ${seconds.toFixed(4)} s of ${times.length} (${recording.toFixed(4)} s recording), ` +
      `${(flop / seconds / 1e9).toFixed(1)} GFLOP/s`,
  );
}
const ratios = fused.map(({ total }, i) => (plain[i]?.total ?? Number.NaN) / total);
console.log(
  `plain/fused: median ${median(ratios).toFixed(2)}, from ${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`,
);
await backend.dispose();
