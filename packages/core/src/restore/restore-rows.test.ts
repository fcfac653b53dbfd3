import { add, avgPool, memory, mul, setBackend, type Tensor4D } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { ImageError } from '../errors/image-error';
import type { Image, ImageSamples } from '../image/image';
import type { ImageSink, ImageSource } from '../image/image-rows';
import { type ImageStore, memoryStore, type RowLayout } from '../image/image-store';
import { bitsOf, emptySamples } from '../image/samples';
import { nearestUpsample } from '../ops/nearest-upsample';
import type { TaskInputs } from '../task/task';
import { identitySetup } from '../testing/restoration-setup';
import type { NetworkRequest } from './network-request';
import { restoreImage, restoreRows } from './restore-image';

beforeAll(() => setBackend('cpu'));

const largest = { 8: 256, 16: 65536, 32: 1 };

function picture(bits: 8 | 16 | 32, channels: Image['channels'], [width, height] = [37, 45]): Image {
  const value = (_: unknown, index: number) => (((index * 7919) % 1009) / 1009) * largest[bits];
  const data = emptySamples(bits, width * height * channels).map(value);
  return { data, width, height, channels };
}

/** An image as a source that takes its time, the first reading longest, and notes what it was asked for. */
function slowSource({ data, ...size }: Image, asked: [number, number][] = []): ImageSource {
  const rowLength = size.width * size.channels;
  return {
    ...size,
    bits: bitsOf(data),
    async read(firstRow, count) {
      asked.push([firstRow, count]);
      if (firstRow < 0 || firstRow + count > size.height) throw new RangeError('outside');
      await new Promise((resolve) => setTimeout(resolve, asked.length === 1 ? 5 : 0));
      return data.slice(firstRow * rowLength, (firstRow + count) * rowLength);
    },
  };
}

/** Collects rows, and takes its time too. */
function collect(): ImageSink & { readonly rows: ImageSamples[]; readonly starts: number[] } {
  const rows: ImageSamples[] = [];
  const starts: number[] = [];
  return {
    rows,
    starts,
    async write(samples, firstRow) {
      await new Promise((resolve) => setTimeout(resolve));
      rows.push(samples.slice());
      starts.push(firstRow);
    },
  };
}

/** Stores that are counted, and give copies as files do. */
function fileLikeStores() {
  const open = new Set<object>();
  let made = 0;
  return {
    open: () => open.size,
    made: () => made,
    createStore(layout: RowLayout): ImageStore {
      const { image: _, ...store } = memoryStore(layout);
      open.add(layout);
      made++;
      return {
        ...store,
        read: async (firstRow, count) => (await store.read(firstRow, count)).slice(),
        dispose: async () => void open.delete(layout),
      };
    },
  };
}

/** Blurs, so that tiles differ where they overlap. */
const blurring = () => identitySetup((input) => avgPool(input, 5, 1, 'same'));

describe('restoreRows', () => {
  it.each([
    [8, 1],
    [8, 3],
    [16, 1],
    [16, 3],
    [32, 3],
  ] as const)('gives the samples of restoreImage: %i bits, %i channels', async (bits, channels) => {
    const image = picture(bits, channels);
    const sink = collect();
    const options = { tile: 16, overlap: 4 };
    await restoreRows(blurring(), { source: slowSource(image), sink }, options);
    const { data } = await restoreImage(blurring(), image, options);
    expect(sink.rows.flatMap((rows) => [...rows])).toEqual([...data]);
    expect(sink.rows.every((rows) => rows.constructor === data.constructor)).toBe(true);
  });

  it.each([
    [1, 1],
    [7, 3],
    [8, 8],
    [9, 17],
    [41, 16],
    [16, 41],
  ])('keeps to its borders: %i×%i', async (width, height) => {
    const image = picture(8, 3, [width, height]);
    const doubling = () => identitySetup((input) => nearestUpsample(input, 2), { scale: 2 });
    const sink = collect();
    await restoreRows(doubling(), { source: slowSource(image), sink }, { tile: 16, overlap: 3 });
    const whole = await restoreImage(doubling(), image, { tile: 16, overlap: 3 });
    expect(sink.rows.flatMap((rows) => [...rows])).toEqual([...whole.data]);
    expect(sink.starts).toEqual([...sink.starts].sort((a, b) => a - b));
  });

  it('reads a row of tiles once, however many tiles it has and however many are under way', async () => {
    const image = picture(8, 3, [100, 40]);
    const setup = identitySetup();
    for (const concurrency of [1, 3]) {
      const asked: [number, number][] = [];
      const sink = collect();
      const chooseRunner = () => ({ concurrency, run: async ({ inputs }: NetworkRequest) => inputs.image });
      const rows = { source: slowSource(image, asked), sink };
      await restoreRows({ ...setup, chooseRunner }, rows, { tile: 16, overlap: 0 });
      expect(sink.rows.flatMap((samples) => [...samples])).toEqual([...image.data]);
      expect(asked).toEqual([
        [0, 16],
        [12, 16],
        [24, 16],
      ]);
    }
  });

  it('holds the mask against the rows it belongs to', async () => {
    const image = picture(8, 3);
    const plain = identitySetup((input) => mul(input, 0));
    const task = {
      ...plain.task,
      mask: 'required' as const,
      compose: (output: Tensor4D, { image: known, mask: hole = output }: TaskInputs) =>
        add<Tensor4D>(mul(output, hole), mul(known, add(1, mul(hole, -1)))),
    };
    const mask = { ...picture(8, 1), data: picture(8, 1).data.map((value) => (value > 99 ? 255 : 0)) };
    const options = { tile: 16, overlap: 4, mask };
    const sink = collect();
    await restoreRows({ ...plain, task }, { source: slowSource(image), sink }, options);
    const { data } = await restoreImage({ ...plain, task }, image, options);
    expect(new Set(data).size).toBeGreaterThan(10);
    expect(sink.rows.flatMap((rows) => [...rows])).toEqual([...data]);
  });

  it('frees every tensor when reading or writing fails, and says what failed', async () => {
    const before = memory().numTensors;
    const image = picture(8, 3);
    const failing = { ...slowSource(image), read: () => Promise.reject(new TypeError('no rows')) };
    await expect(restoreRows(identitySetup(), { source: failing, sink: collect() })).rejects.toThrow(
      'no rows',
    );
    const full = { write: () => Promise.reject(new TypeError('no room')) };
    await expect(restoreRows(identitySetup(), { source: slowSource(image), sink: full })).rejects.toThrow(
      'no room',
    );
    expect(memory().numTensors).toBe(before);
  });

  it.each([
    { alpha: 'opaque', of: () => 1 },
    { alpha: 'hidden here and there', of: (x: number, y: number) => ((x * y) % 5) / 4 },
    { alpha: 'hidden but for a corner', of: (x: number, y: number) => (x + y < 3 ? 0.7 : 0) },
    { alpha: 'hidden all over', of: () => 0 },
  ])('gives the samples of restoreImage where alpha is $alpha', async ({ of }) => {
    for (const bits of [8, 16] as const) {
      for (const channels of [2, 4] as const) {
        for (const scale of [1, 2]) {
          const image = picture(bits, channels);
          const full = bits === 8 ? 255 : 65535;
          for (let pixel = 0; pixel < image.width * image.height; pixel++) {
            const alpha = of(pixel % image.width, Math.floor(pixel / image.width)) * full;
            image.data[pixel * channels + channels - 1] = Math.round(alpha);
          }
          const before = image.data.slice();
          const setup = () =>
            identitySetup((input) => nearestUpsample(avgPool(input, 3, 1, 'same'), scale), { scale });
          const sink = collect();
          const stores = fileLikeStores();
          const { createStore } = stores;
          await restoreRows(
            setup(),
            { source: slowSource(image), sink, createStore },
            { tile: 16, overlap: 4 },
          );
          const { data } = await restoreImage(setup(), image, { tile: 16, overlap: 4 });
          expect(sink.rows.flatMap((rows) => [...rows])).toEqual([...data]);
          expect(image.data).toEqual(before);
          expect(stores.open()).toBe(0);
        }
      }
    }
  });

  it('leaves no store open when it fails', async () => {
    const image = picture(8, 4);
    image.data[3] = 0;
    const stores = fileLikeStores();
    const full = { write: () => Promise.reject(new TypeError('no room')) };
    const rows = { source: slowSource(image), sink: full, createStore: stores.createStore };
    await expect(restoreRows(identitySetup(), rows)).rejects.toThrow('no room');
    expect(stores.made()).toBe(2);
    expect(stores.open()).toBe(0);
  });

  it('refuses a source that gives other rows than it was asked for', async () => {
    for (const read of [() => new Uint8Array(5), () => new Uint16Array(37 * 45 * 3)]) {
      const wrong = { source: { ...slowSource(picture(8, 3)), read }, sink: collect() };
      const failure = await restoreRows(identitySetup(), wrong).catch((error: unknown) => error);
      expect(ImageError.isInstance(failure)).toBe(true);
    }
  });
});
