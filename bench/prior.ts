/**
 * How far the IPR of a picture encoded in pieces is from that of the whole picture:
 * `node scripts/run.mjs bench/prior.ts <picture> [model]`. Prints a line for each side of pieces.
 */
import { readFile } from 'node:fs/promises';
import { wasmBackend } from '@diffir/backend-wasm';
import { bytesSource, type Image, loadModel, openCheckpoint, restoreImage } from '@diffir/core';
import { modelsPlugin } from '@diffir/models';
import { deblurring } from '@diffir/tasks';
import { clone } from '@tensorflow/tfjs';
import sharp from 'sharp';

const [path = '', model = 'packages/models/weights/deblur-small.safetensors'] = process.argv.slice(2);
const { data, info } = await sharp(path).removeAlpha().raw().toBuffer({ resolveWithObject: true });
const image: Image = { data: new Uint8Array(data), width: info.width, height: info.height, channels: 3 };

const backend = await wasmBackend.start();
const checkpoint = await openCheckpoint(bytesSource(model, await readFile(model)));
const loaded = await loadModel(modelsPlugin.models ?? [], checkpoint, backend);

/** The IPR that tiles of a side get; DIRformer itself is left out. */
async function iprOf(tile: number): Promise<Float32Array> {
  let ipr = new Float32Array();
  const network = {
    ...loaded.network,
    restore: (...[input, given]: Parameters<typeof loaded.network.restore>) => {
      ipr = Float32Array.from(given?.dataSync() ?? []);
      return clone(input);
    },
  };
  await restoreImage({ network, task: deblurring, backend }, image, { tile });
  return ipr;
}

const whole = await iprOf(0);
const largest = (values: Float32Array) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
console.log(`${info.width}×${info.height}, largest value of the IPR ${largest(whole).toFixed(3)}`);
for (const tile of [64, 128, 192, 256, 384, 512]) {
  const ipr = await iprOf(tile);
  const difference = largest(ipr.map((value, index) => value - (whole[index] ?? Number.NaN)));
  console.log(`pieces of ${tile}: largest difference ${difference.toExponential(1)}`);
}
loaded.dispose();
