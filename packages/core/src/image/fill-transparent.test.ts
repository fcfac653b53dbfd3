import { describe, expect, it } from 'vitest';
import { fillTransparent } from './fill-transparent';
import type { Image } from './image';
import { imageSource } from './image-rows';
import { memoryStore, type RowLayout } from './image-store';

/** Gray and alpha from a drawing: a digit is a visible level, a dot is hidden and holds 99. */
function draw(...rows: readonly string[]): Image {
  const pixels = rows
    .join('')
    .split('')
    .flatMap((sign) => (sign === '.' ? [99, 0] : [Number(sign), 200]));
  return { data: Uint8Array.from(pixels), width: rows[0]?.length ?? 0, height: rows.length, channels: 2 };
}

/** The gray levels, row by row. */
function levels({ data, width, height }: Image): string[] {
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => data[(y * width + x) * 2]).join(''),
  );
}

async function filled(image: Image): Promise<Image> {
  const store = await fillTransparent(imageSource(image), { createStore: memoryStore });
  return { ...image, data: await store.read(0, image.height) };
}

describe('fillTransparent', () => {
  it('gives hidden pixels the colour of the nearest visible ones, on all sides', async () => {
    expect(levels(await filled(draw('1....', '.....', '.....', '.....', '....2')))).toEqual([
      expect.stringMatching(/^1111/),
      expect.stringMatching(/^111.2$/),
      expect.stringMatching(/^11.22$/),
      expect.stringMatching(/^1.222$/),
      expect.stringMatching(/2222$/),
    ]);
    expect(levels(await filled(draw('...', '.5.', '...')))).toEqual(['555', '555', '555']);
    expect(levels(await filled(draw('..7')))).toEqual(['777']);
    expect(levels(await filled(draw('.', '.', '3', '.')))).toEqual(['3', '3', '3', '3']);
  });

  it('keeps visible colour, alpha, and the image it was given', async () => {
    const image = draw('1.2', '.4.');
    const before = image.data.slice();
    const { data } = await filled(image);
    expect(image.data).toEqual(before);
    before.forEach((value, index) => {
      if (index % 2 === 1 || before[index + 1] !== 0) expect(data[index]).toBe(value);
    });
  });

  it('fills all colours of 16-bit and float images', async () => {
    const deep = Uint16Array.of(1000, 2000, 3000, 65535, 0, 0, 0, 0);
    const image = { data: deep, width: 2, height: 1, channels: 4 } as const;
    expect([...(await filled(image)).data]).toEqual([1000, 2000, 3000, 65535, 1000, 2000, 3000, 0]);
    const float = { ...image, data: Float32Array.of(0.5, 0.25, 0, 0.125, 1, 1, 1, 0) };
    expect([...(await filled(float)).data]).toEqual([0.5, 0.25, 0, 0.125, 0.5, 0.25, 0, 0]);
  });

  it('does so across the bands in which a picture is read', async () => {
    // Two rows a band; what is visible is in the first row and in the last.
    const [width, height] = [2 ** 18, 9];
    const data = new Uint8Array(width * height * 2);
    data.fill(7, 0, width * 2);
    data.fill(200, -width * 2);
    const { data: result } = await filled({ data, width, height, channels: 2 });
    const column = Array.from({ length: height }, (_, y) => result[y * width * 2]);
    expect(column).toEqual([7, 7, 7, 7, expect.any(Number), 200, 200, 200, 200]);
  });

  it('disposes of the distances, and of all of it when it fails or is aborted', async () => {
    const image = draw('1.', '..');
    const open = new Set<RowLayout>();
    const createStore = (layout: RowLayout) => {
      open.add(layout);
      return { ...memoryStore(layout), dispose: async () => void open.delete(layout) };
    };
    const store = await fillTransparent(imageSource(image), { createStore });
    expect([...open].map(({ channels }) => channels)).toEqual([2]);
    await store.dispose();
    const source = { ...imageSource(image), read: () => Promise.reject(new TypeError('no rows')) };
    await expect(fillTransparent(source, { createStore })).rejects.toThrow('no rows');
    const signal = AbortSignal.abort(new TypeError('enough'));
    await expect(fillTransparent(imageSource(image), { createStore, signal })).rejects.toThrow('enough');
    expect(open.size).toBe(0);
  });
});
