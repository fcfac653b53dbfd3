/**
 * `gpu-process.ts <backend of gpu-backends> <preset> <height> <width>` serves passes of a preset with random weights,
 * `gpu-process.ts product <side>` products of two square matrices by TensorFlow.js' own kernel.
 */
import { createParameters, priorNoise, type RunningBackend, readTensor, withBackend } from '@diffir/core';
import { IPR_SIZE } from '@diffir/models';
import { matMul, type Rank, randomUniform, slice, type Tensor2D, tidy } from '@tensorflow/tfjs';
import { createNetworkPass } from '../../packages/cli/src/bench/network-pass';
import { type PassServer, serveForwards } from '../../packages/cli/src/bench/serve-forwards';
import { gpuBackends } from './gpu-backends';
import { presetBlueprint } from './gpu-cases';

const [name = '', ...details] = process.argv.slice(2);

await serveForwards(() => (name === 'product' ? serveProducts(details) : serveNetwork(name, details)));

async function start(backend: string): Promise<RunningBackend> {
  const definition = gpuBackends[backend];
  if (definition === undefined) {
    throw new RangeError(`${backend}: known backends are ${Object.keys(gpuBackends).join(', ')}`);
  }
  return definition().start();
}

async function serveNetwork(backendName: string, [preset = '', ...size]: string[]): Promise<PassServer> {
  const [height = 0, width = 0] = size.map(Number);
  const backend = await start(backendName);
  const parameters = createParameters();
  const network = presetBlueprint(preset).build(parameters.root);
  withBackend(backend, () => parameters.initialize(0));
  const { inputChannels } = network.descriptor;
  const image = Float32Array.from(priorNoise(1, height * width * inputChannels), (value) => 0.5 + value / 8);
  const pass = createNetworkPass(network, backend);
  const noise = priorNoise(0, IPR_SIZE);
  return {
    device: backend.device,
    forward: () => pass({ image, height, width, noise }),
    end: backend.dispose,
  };
}

async function serveProducts([side = '']: string[]): Promise<PassServer> {
  const backend = await start('plain');
  const shape: [number, number] = [Number(side), Number(side)];
  const [a, b] = withBackend(backend, () => [
    randomUniform<Rank.R2>(shape, -1, 1, 'float32', 1),
    randomUniform<Rank.R2>(shape, -1, 1, 'float32', 2),
  ]);
  return {
    device: backend.device,
    async forward() {
      const started = performance.now();
      // One value is enough to wait for all of them.
      const corner = withBackend(backend, () => tidy(() => slice(matMul<Tensor2D>(a, b), [0, 0], [1, 1])));
      const values = await readTensor(backend, corner);
      const seconds = (performance.now() - started) / 1000;
      corner.dispose();
      return { seconds, output: () => Float32Array.from(values) };
    },
    end: backend.dispose,
  };
}
