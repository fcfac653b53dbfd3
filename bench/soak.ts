/**
 * Restores many images in one process and watches memory: resident memory must be flat after the first
 * fifty, and no tensor may stay behind. `node scripts/run.mjs bench/soak.ts [images] [side]`
 */
import { createRandomSource, type Image } from '@diffir/core';
import { memory } from '@tensorflow/tfjs';
import { createRestorer } from 'diffir';

const [images = '500', side = '96'] = process.argv.slice(2);
const restorer = await createRestorer({
  model: 'packages/models/weights/deblur-small.safetensors',
  backend: 'wasm',
});
const random = createRandomSource(1);
const resident = () => Math.round(process.memoryUsage().rss / 2 ** 20);
const heap = () => Math.round(process.memoryUsage().heapUsed / 2 ** 20);

function noise(width: number, height: number): Image {
  const data = Uint8Array.from({ length: width * height * 3 }, () => Math.floor(256 * random()));
  return { data, width, height, channels: 3 };
}

const before = memory().numTensors;
for (let count = 1; count <= Number(images); count++) {
  // Sizes differ as those of photos do.
  const width = Number(side) - (count % 7) * 3;
  await restorer.restore(noise(width, Number(side)));
  if (count === 50 || count % 100 === 0) {
    console.log(
      `${count} images: ${resident()} MiB resident, ${heap()} MiB heap, ${memory().numTensors - before} tensors more`,
    );
  }
}
await restorer.dispose();
console.log(`disposed: ${memory().numTensors} tensors`);
