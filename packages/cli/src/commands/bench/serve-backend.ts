import {
  createRandomSource,
  priorNoise,
  type RestorationModel,
  type RunningBackend,
  selectBackend,
} from '@diffir/core';
import { createNetworkPass, type NetworkInput } from '../../bench/network-pass';
import { chooseNetwork, openNetwork } from '../../bench/open-network';
import type { PassServer } from '../../bench/serve-forwards';
import { nodeHost } from '../../io/node-host';
import { install } from '../../plugins/installation';
import type { BenchSetup } from './bench-setup';

/** Width of z_T. */
const NOISE_SIZE = 256;

/** Starts a backend with a network on it, to compute passes of one random input. */
export async function serveBackend(setup: BenchSetup): Promise<PassServer> {
  const { cwd, plugins, seed } = setup;
  const { registry } = await install(plugins, cwd);
  const choice = chooseNetwork(registry, setup.model);
  const { backend } = await selectBackend(registry.backends, setup.backend);
  const network = await openNetwork(choice, { registry, host: nodeHost(cwd), backend, seed });
  return passesOf(network, backend, randomInput(network, setup));
}

function passesOf(network: RestorationModel, backend: RunningBackend, input: NetworkInput): PassServer {
  const pass = createNetworkPass(network, backend);
  return { device: backend.device, forward: () => pass(input) };
}

function randomInput({ descriptor }: RestorationModel, { height, width, seed }: BenchSetup): NetworkInput {
  const random = createRandomSource(seed);
  const length = height * width * descriptor.inputChannels;
  const image = Float32Array.from({ length }, random);
  return { image, height, width, noise: priorNoise(seed, NOISE_SIZE) };
}
