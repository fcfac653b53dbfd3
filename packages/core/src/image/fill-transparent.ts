import type { ImageSamples } from './image';
import type { ImageSource } from './image-rows';
import type { CreateStore, ImageStore } from './image-store';
import { rowBands } from './row-bands';

/** Distances in the 3-4 chamfer metric: beside, and diagonally. */
const BESIDE = 3;
const DIAGONAL = 4;

/**
 * A picture with the colour of its fully transparent pixels replaced by that of the nearest visible one
 * (about nearest: two-pass 3-4 chamfer distance, Borgefors 1986). Whatever lies hidden there, often
 * black, then cannot bleed into visible pixels through a network's receptive field. Alpha is kept. Two
 * rows are in memory besides the band that is read or written.
 * @param source with alpha, in some pixels above zero
 * @returns a store to be disposed of
 * @throws the signal's reason when aborted
 */
export async function fillTransparent(
  source: ImageSource,
  { createStore, signal }: { readonly createStore: CreateStore; readonly signal?: AbortSignal | undefined },
): Promise<ImageStore> {
  const { width, height, channels, bits } = source;
  const filled = await createStore({ width, height, channels, bits });
  try {
    const distances = await createStore({ width, height, channels: 1, bits: 32 });
    try {
      await sweep({ from: source, filled, distances, direction: 1, signal });
      await sweep({ from: filled, filled, distances, direction: -1, signal });
    } finally {
      await distances.dispose();
    }
    return filled;
  } catch (error) {
    await filled.dispose();
    throw error;
  }
}

/** One row: its samples, and how far each pixel is from the visible one whose colour it has. */
interface Row {
  readonly samples: ImageSamples;
  readonly distances: ImageSamples;
}

interface Sweep {
  readonly from: ImageSource;
  readonly filled: ImageStore;
  readonly distances: ImageStore;
  /** Down and to the right, or up and to the left. */
  readonly direction: 1 | -1;
  readonly signal: AbortSignal | undefined;
}

/** Hands colours on from row to row, and within each, into `filled`. */
async function sweep({ from, filled, distances, direction, signal }: Sweep): Promise<void> {
  const { width, channels } = from;
  const bands = direction === 1 ? rowBands(from) : [...rowBands(from)].reverse();
  let previous: Row | undefined;
  for (const { firstRow, count } of bands) {
    signal?.throwIfAborted();
    const samples = (await from.read(firstRow, count)).slice();
    const far =
      direction === 1 ? distancesAtFirst(samples, channels) : (await distances.read(firstRow, count)).slice();
    for (let index = 0; index < count; index++) {
      const row = direction === 1 ? index : count - 1 - index;
      const current: Row = {
        samples: samples.subarray(row * width * channels, (row + 1) * width * channels),
        distances: far.subarray(row * width, (row + 1) * width),
      };
      fillRow(current, { previous, channels, direction });
      previous = current;
    }
    await filled.write(samples, firstRow);
    if (direction === 1) await distances.write(far, firstRow);
  }
}

function distancesAtFirst(samples: ImageSamples, channels: number): Float32Array {
  const distances = new Float32Array(samples.length / channels);
  for (let pixel = 0; pixel < distances.length; pixel++) {
    distances[pixel] = samples[(pixel + 1) * channels - 1] === 0 ? Number.POSITIVE_INFINITY : 0;
  }
  return distances;
}

/** Gives pixels the colours of neighbours that have been passed and are nearer to a visible pixel. */
function fillRow(
  row: Row,
  {
    previous,
    channels,
    direction,
  }: { readonly previous: Row | undefined; readonly channels: number; readonly direction: 1 | -1 },
): void {
  const width = row.distances.length;
  const take = (x: number, from: Row, neighbour: number, step: number) => {
    if (neighbour < 0 || neighbour >= width) return;
    const distance = (from.distances[neighbour] ?? 0) + step;
    if (distance >= (row.distances[x] ?? 0)) return;
    row.distances[x] = distance;
    for (let channel = 0; channel < channels - 1; channel++) {
      row.samples[x * channels + channel] = from.samples[neighbour * channels + channel] ?? 0;
    }
  };
  const first = direction === 1 ? 0 : width - 1;
  for (let x = first; x >= 0 && x < width; x += direction) {
    if (row.distances[x] === 0) continue;
    take(x, row, x - direction, BESIDE);
    if (previous === undefined) continue;
    take(x, previous, x, BESIDE);
    take(x, previous, x - direction, DIAGONAL);
    take(x, previous, x + direction, DIAGONAL);
  }
}
