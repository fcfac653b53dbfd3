/** Runs in a page: the network of this repository on backend-onnx with onnxruntime-web, or on backend-wasm. */

import { createOnnxBackend } from '@diffir/backend-onnx';
import { createWasmBackend } from '@diffir/backend-wasm';
import { bytesSource, loadModel, openCheckpoint } from '@diffir/core';
import { modelsPlugin } from '@diffir/models';
import { createNetworkPass, planarToInterleaved } from '../../packages/cli/src/bench/network-pass';
import type { PagePreparation } from './bench-page';
import { fetchBytes, loadRuntime, offerPasses } from './page-passes';

export async function prepare({ threads, shapes, backend: id }: PagePreparation): Promise<void> {
  const definition =
    id === 'wasm'
      ? createWasmBackend({ wasmPaths: '/', threads })
      : createOnnxBackend({ load: () => loadRuntime(threads), threads });
  const backend = await definition.start();
  const name = 'weights.pth';
  const checkpoint = await openCheckpoint(bytesSource(name, new Uint8Array(await fetchBytes(`/${name}`))));
  const { stateDict } = checkpoint;
  const { network } = await loadModel(modelsPlugin.models ?? [], { name, stateDict }, backend);
  await checkpoint.close();
  const [, channels = 0, height = 0, width = 0] = shapes.input;
  const planar = new Float32Array(await fetchBytes('/input'));
  const input = {
    image: planarToInterleaved(planar, height * width, channels),
    height,
    width,
    noise: new Float32Array(await fetchBytes('/noise')),
  };
  const pass = createNetworkPass(network, backend);
  offerPasses(() => pass(input));
}
