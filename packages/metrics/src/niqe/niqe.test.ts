import { type Image, ImageError, type NamedStateDict } from '@diffir/core';
import { memory, tensor4d } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { describeShared } from '../../../../tools/shared';
import { startCpu } from '../testing/cpu';
import { hashedValues } from '../testing/hashed-weights';
import { readShared } from '../testing/shared-images';
import { niqe, niqeOfBatch } from './niqe';
import { type NiqeParameters, readNiqeParameters } from './niqe-parameters';

/** A model that any language can make again: A·Aᵀ/36 + 0.01 on the diagonal. */
function hashedParameters(): NiqeParameters {
  const a = hashedValues('cov_pris_param', 36 * 36).map((value) => value - 0.5);
  const covariance = Float64Array.from({ length: 36 * 36 }, (_, at) => {
    const [row, column] = [Math.floor(at / 36), at % 36];
    let sum = 0;
    for (let k = 0; k < 36; k++) sum += (a[row * 36 + k] ?? 0) * (a[column * 36 + k] ?? 0);
    return sum / 36 + (row === column ? 0.01 : 0);
  });
  return { name: 'hashed', mean: hashedValues('mu_pris_param', 36), covariance };
}

/** Noise, each pixel the mean of itself and the three before it, so that neighbours are alike. */
function hashedPicture(width: number, height: number): Image {
  const noise = hashedValues('niqe', width * height * 3).map((value) => Math.floor(value * 256));
  const at = (y: number, x: number, channel: number) =>
    noise[(((y + height) % height) * width + ((x + width) % width)) * 3 + channel] ?? 0;
  const data = Uint8Array.from({ length: width * height * 3 }, (_, index) => {
    const [y, x, c] = [Math.floor(index / (3 * width)), Math.floor(index / 3) % width, index % 3];
    return Math.floor((at(y, x, c) + at(y - 1, x, c) + at(y, x - 1, c) + at(y - 1, x - 1, c)) / 4);
  });
  return { data, width, height, channels: 3 };
}

describe('niqe', () => {
  const parameters = hashedParameters();
  const picture = hashedPicture(200, 100);

  // By an implementation in NumPy with double precision: two-dimensional filters, dense tables, pinv.
  it.each([
    [0, 34.98536124024905],
    [2, 35.93962361382657],
  ])('computes what NumPy computes, with a border of %i', (border, recorded) => {
    const { metric, value, settings } = niqe(picture, parameters, { border });
    expect(value).toBeCloseTo(recorded, 9);
    expect({ metric, ...settings }).toEqual({
      metric: 'niqe',
      channel: 'y, rounded',
      border,
      blocks: '96×96',
      resize: 'MATLAB bicubic ×0.5',
      parameters: 'hashed',
    });
  });

  it('measures each image of a batch, leaving no tensor behind', async () => {
    const backend = await startCpu();
    const before = memory().numTensors;
    const values = [...picture.data, ...picture.data].map((value) => value / 255);
    const batch = tensor4d(values, [2, 100, 200, 3]);
    const scores = await niqeOfBatch(backend, batch, parameters);
    expect(scores.map(({ value }) => value)).toEqual([
      niqe(picture, parameters).value,
      niqe(picture, parameters).value,
    ]);
    batch.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('refuses images of less than two blocks, or without texture', () => {
    expect(() => niqe(hashedPicture(191, 100), parameters)).toThrow(/191×100 is less than two blocks/);
    expect(() => niqe(picture, parameters, { border: 5 })).toThrow(ImageError);
    const flat = { ...picture, data: new Uint8Array(60_000).fill(90) };
    expect(() => niqe(flat, parameters)).toThrow(/fewer than two blocks have any texture/);
  });
});

describe('readNiqeParameters', () => {
  const stored = (values: Float64Array, shape: number[]) => ({
    dtype: 'f64' as const,
    shape,
    load: async () => Float32Array.from(values),
    loadBytes: async () => new Uint8Array(values.slice().buffer),
  });
  const { mean, covariance } = hashedParameters();
  const file: NamedStateDict = {
    name: 'file',
    stateDict: new Map([
      ['mu_pris_param', stored(mean, [1, 36])],
      ['cov_pris_param', stored(covariance, [36, 36])],
      ['gaussian_window', stored(new Float64Array(49), [7, 7])],
    ]),
  };

  it('reads double precision', async () => {
    expect(await readNiqeParameters(file)).toEqual({ name: 'file', mean, covariance });
  });

  it('names what is missing or misshapen, and what to get', async () => {
    const without: NamedStateDict = { name: 'other', stateDict: new Map([...file.stateDict].slice(1)) };
    await expect(readNiqeParameters(without)).rejects.toThrow(
      /^other: .*mu_pris_param is missing; get basicsr/,
    );
    const wrong = new Map([...file.stateDict, ['cov_pris_param', stored(mean, [1, 36])] as const]);
    await expect(readNiqeParameters({ name: 'x', stateDict: wrong })).rejects.toThrow(
      /cov_pris_param is \[1,36\]/,
    );
    await expect(readNiqeParameters([])).rejects.toThrow(
      /^niqe: no weights are given.*niqe_pris_params\.npz/,
    );
  });
});

describeShared('niqe of ten photos computes what NumPy computes', () => {
  const recorded = [
    23.39756251904947, 23.95461608399539, 22.8325843034522, 23.69087568275045, 24.77461847051318,
    22.264926396753435, 24.31494611873847, 20.300917800541352, 25.748872398881435, 27.018204851344926,
  ];
  it.each(recorded.map((value, index) => [`kodim${`${index + 1}`.padStart(2, '0')}`, value] as const))(
    '%s',
    async (name, value) => {
      const image = await readShared('kodak24', `${name}.png`);
      expect(niqe(image, hashedParameters()).value).toBeCloseTo(value, 9);
    },
  );
});
