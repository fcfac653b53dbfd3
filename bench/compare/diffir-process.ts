/** `diffir-process.ts <backend> <weights.pth> <recorded.safetensors>`: serves passes of this repository. */
import { createRegistry, selectBackend } from '@diffir/core';
import { createNetworkPass, planarToInterleaved } from '../../packages/cli/src/bench/network-pass';
import { openNetwork } from '../../packages/cli/src/bench/open-network';
import { serveForwards } from '../../packages/cli/src/bench/serve-forwards';
import { nodeHost } from '../../packages/cli/src/io/node-host';
import { builtinPlugins } from '../../packages/cli/src/plugins/builtin-plugins';
import { readRecorded } from './setting';

const [backendId = 'auto', weights = '', recorded = ''] = process.argv.slice(2);

await serveForwards(async () => {
  const registry = createRegistry(builtinPlugins);
  const { backend } = await selectBackend(registry.backends, backendId);
  const choice = { kind: 'checkpoint', name: weights, location: weights } as const;
  const network = await openNetwork(choice, { registry, host: nodeHost(), backend, seed: 0 });
  const { input, noise } = await readRecorded(recorded, ['input', 'noise']);
  const [, channels = 0, height = 0, width = 0] = input.shape;
  const image = planarToInterleaved(input.values, height * width, channels);
  const pass = createNetworkPass(network, backend);
  return {
    device: backend.device,
    forward: () => pass({ image, height, width, noise: noise.values }),
  };
});
