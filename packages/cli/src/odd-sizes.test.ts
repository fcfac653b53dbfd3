import type { Image } from '@diffir/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRestorer, type Restorer } from './restorer/create-restorer';

let restorer: Restorer;

beforeAll(async () => {
  restorer = await createRestorer({ model: 'deblur-small', backend: 'wasm' });
});

afterAll(() => restorer.dispose());

describe('pictures of odd sizes', () => {
  it.each([
    [1, 1],
    [7, 3],
    [5000, 8],
    [8, 1000],
  ])('%i×%i come out in their size', async (width, height) => {
    const data = Uint8Array.from({ length: width * height * 3 }, (_, index) => (index * 31) % 256);
    const image: Image = { data, width, height, channels: 3 };
    const restored = await restorer.restore(image);
    expect([restored.width, restored.height, restored.channels]).toEqual([width, height, 3]);
    expect(restored.data).not.toEqual(data);
  });
});
