import { add, memory, mul, setBackend, type Tensor4D, tensor2d } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunningBackend } from '../backend/backend';
import { linearSchedule } from '../diffusion/schedule';
import { ImageError } from '../errors/image-error';
import { ModelUseError } from '../errors/model-use-error';
import type { Image } from '../image/image';
import type { ModelDescriptor, RestorationModel } from '../model/model';
import { nearestUpsample } from '../ops/nearest-upsample';
import type { TaskDefinition } from '../task/task';
import { type RestorationSetup, restoreImage } from './restore-image';

beforeAll(() => setBackend('cpu'));

const backend: RunningBackend = {
  id: 'cpu',
  device: 'test',
  software: false,
  limits: { maxTensorBytes: 2 ** 30 },
  tensorflowName: 'cpu',
  dispose: async () => {},
};

const descriptor: ModelDescriptor = {
  architecture: 'test',
  purpose: 'tests',
  tasks: ['test'],
  scale: 1,
  inputChannels: 3,
  outputChannels: 3,
  sizeMultiple: 8,
  tiling: 'shared-prior',
};

const task: TaskDefinition = {
  id: 'test',
  description: 'tests',
  mask: 'none',
  rejects: () => undefined,
  prepare: ({ image }) => image,
  compose: (output) => output,
};

function setup(
  restore: RestorationModel['restore'],
  overrides: Partial<ModelDescriptor> = {},
): RestorationSetup {
  return { network: { descriptor: { ...descriptor, ...overrides }, restore }, task, backend };
}

function image8(width: number, height: number, channels: Image['channels']): Image {
  const data = Uint8Array.from({ length: width * height * channels }, (_, index) => (index * 37) % 256);
  return { data, width, height, channels };
}

const identity = (input: Tensor4D) => input.clone();

describe('restoreImage', () => {
  it.each([1, 2, 3, 4] as const)(
    'returns %i channels as they were through an identity network',
    async (channels) => {
      const image = image8(7, 5, channels);
      expect(await restoreImage(setup(identity), image)).toEqual(image);
    },
  );

  it('keeps 16 bits and floats', async () => {
    const data = Uint16Array.from({ length: 27 }, (_, index) => index * 2427);
    const image: Image = { data, width: 3, height: 3, channels: 3 };
    expect(await restoreImage(setup(identity), image)).toEqual(image);
    const floats: Image = { data: Float32Array.from([0, 0.25, 1]), width: 1, height: 1, channels: 3 };
    expect(await restoreImage(setup(identity), floats)).toEqual(floats);
  });

  it('clamps what leaves [0,1]', async () => {
    const bright = setup((input) => add(mul(input, 3), -1));
    const { data } = await restoreImage(bright, {
      data: Uint8Array.from([0, 100, 255]),
      width: 1,
      height: 1,
      channels: 3,
    });
    expect([...data]).toEqual([0, 45, 255]);
  });

  it('pads to the size multiple and crops again', async () => {
    const shapes: number[][] = [];
    const watching = setup((input) => {
      shapes.push(input.shape);
      return input.clone();
    });
    await restoreImage(watching, image8(9, 3, 3));
    expect(shapes).toEqual([[1, 8, 16, 3]]);
  });

  it('enlarges colour and alpha together', async () => {
    const doubling = setup((input) => nearestUpsample(input, 2), { scale: 2 });
    const data = Uint8Array.from([10, 20, 30, 255, 10, 20, 30, 255]);
    const result = await restoreImage(doubling, { data, width: 2, height: 1, channels: 4 });
    expect([result.width, result.height]).toEqual([4, 2]);
    expect([...result.data.subarray(0, 4)]).toEqual([10, 20, 30, 255]);
  });

  it('draws the noise from the seed', async () => {
    const noises: number[][] = [];
    const network: RestorationModel = {
      descriptor,
      restore: identity,
      prior: {
        encoder: { size: 4, encode: () => tensor2d([[0, 0, 0, 0]]) },
        denoiser: {
          predictStart: (_, __, noisy) => {
            noises.push([...noisy.dataSync()]);
            return noisy.clone();
          },
        },
        schedule: linearSchedule({ timesteps: 1 }),
      },
    };
    for (const seed of [0, 0, 1]) await restoreImage({ network, task, backend }, image8(8, 8, 3), { seed });
    expect(noises[1]).toEqual(noises[0]);
    expect(noises[2]).not.toEqual(noises[0]);
  });

  it('frees every tensor on success, error and abort', async () => {
    const before = memory().numTensors;
    await restoreImage(setup(identity), image8(5, 5, 4));
    expect(memory().numTensors).toBe(before);

    const failing = setup((input) => {
      mul(input, 2);
      throw new Error('kernel failed');
    });
    await expect(restoreImage(failing, image8(5, 5, 3))).rejects.toThrow('kernel failed');
    expect(memory().numTensors).toBe(before);

    const controller = new AbortController();
    const pending = restoreImage(setup(identity), image8(5, 5, 3), { signal: controller.signal });
    controller.abort();
    await expect(pending).rejects.toThrow('aborted');
    expect(memory().numTensors).toBe(before);
  });

  it('reports its progress', async () => {
    const seen: number[] = [];
    await restoreImage(setup(identity), image8(4, 4, 3), {
      onProgress: ({ pixelsDone }) => seen.push(pixelsDone),
    });
    expect(seen).toEqual([0, 16]);
  });

  it.each([
    [{ width: 0 }, 'not an image size'],
    [{ width: 2.5 }, 'not an image size'],
    [{ width: 5 }, 'samples where'],
    [{ channels: 5 as 4 }, '5 channels'],
  ])('refuses an image with %j', async (change, message) => {
    const restoring = restoreImage(setup(identity), { ...image8(4, 4, 3), ...change });
    await expect(restoring).rejects.toThrow(message);
    await expect(restoring).rejects.toSatisfy(ImageError.isInstance.bind(ImageError));
  });

  it('wants a mask for tasks that need one, of the size of the image, and none otherwise', async () => {
    const image = image8(4, 4, 3);
    const masked = { ...setup(identity), task: { ...task, mask: 'required' as const } };
    await expect(restoreImage(masked, image)).rejects.toThrow('test: needs a mask');
    await expect(restoreImage(masked, image, { mask: image8(4, 5, 1) })).rejects.toThrow(
      'mask: it is 4×5 and the image 4×4',
    );
    await expect(restoreImage(setup(identity), image, { mask: image })).rejects.toThrow(ModelUseError);
  });
});
