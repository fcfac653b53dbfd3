/**
 * How much a process grows by one restoration, beside what the pipeline plans with:
 *
 *     node scripts/run.mjs bench/memory.ts [--width 640] [--height 640] [--tile auto] [--max-memory <bytes>] [--backend wasm]
 *
 * Prints one line of JSON, in bytes: `grown`; `accounted`, for one tile at a time and the pictures; and
 * `tile`, pixels of a tile. One restoration a process: a process's peak is of its whole life.
 */
import { parseArgs } from 'node:util';
import { type Image, planSpans } from '@diffir/core';
import { createRestorer } from 'diffir';
import { chooseTile, DEFAULT_OVERLAP, workingBytes } from '../packages/core/src/restore/choose-tile';

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'packages/models/weights/deblur-small.safetensors' },
    width: { type: 'string', default: '640' },
    height: { type: 'string', default: '640' },
    tile: { type: 'string', default: 'auto' },
    'max-memory': { type: 'string' },
    backend: { type: 'string', default: 'wasm' },
  },
});
const [width, height] = [Number(values.width), Number(values.height)];
const options = {
  tile: values.tile === 'auto' ? 'auto' : Number(values.tile),
  ...(values['max-memory'] !== undefined && { maxMemoryBytes: Number(values['max-memory']) }),
} as const;

const restorer = await createRestorer({ model: values.model, backend: values.backend, workers: 0 });
const { model: descriptor, backend } = restorer;
// A first, tiny restoration: code and weights are not what is measured.
await restorer.restore(picture(16, 16));
const image = picture(width, height);
const before = process.memoryUsage().rss;
const result = await restorer.restore(image, options);
const grown = process.resourceUsage().maxRSS * 1024 - before;
await restorer.dispose();

const tile = chooseTile({ ...options, size: image, limits: backend.limits, descriptor });
const spans = { tile, overlap: Math.min(DEFAULT_OVERLAP, Math.floor(tile / 4)) };
const [rows, columns] = [height, width].map(
  (length) => planSpans({ ...spans, length, multiple: descriptor.sizeMultiple })[0]?.size ?? 0,
);
const size = { height: rows ?? 0, width: columns ?? 0 };
const band = size.height * result.width * descriptor.outputChannels * Float32Array.BYTES_PER_ELEMENT;
const accounted =
  workingBytes({ descriptor, limits: backend.limits, size }) +
  image.data.byteLength +
  result.data.byteLength +
  band;
console.log(JSON.stringify({ grown, accounted, tile: size.height * size.width }));

function picture(columns: number, rows: number): Image {
  const data = new Uint8Array(columns * rows * 3).map((_, index) => (index * 2654435761) >>> 24);
  return { data, width: columns, height: rows, channels: 3 };
}
