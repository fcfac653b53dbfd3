import { add, memory, mul, setBackend, type Tensor2D, tensor2d } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { linearSchedule } from '../diffusion/schedule';
import { ImageError } from '../errors/image-error';
import { ModelUseError } from '../errors/model-use-error';
import type { Image } from '../image/image';
import { nearestUpsample } from '../ops/nearest-upsample';
import { identitySetup } from '../testing/restoration-setup';
import { type RestoreProgress, restoreImage } from './restore-image';

beforeAll(() => setBackend('cpu'));

function image8(width: number, height: number, channels: Image['channels']): Image {
  const data = Uint8Array.from({ length: width * height * channels }, (_, index) => (index * 37) % 256);
  return { data, width, height, channels };
}

describe('restoreImage', () => {
  it.each([1, 2, 3, 4] as const)(
    'returns %i channels as they were through an identity network',
    async (channels) => {
      const image = image8(7, 5, channels);
      expect(await restoreImage(identitySetup(), image)).toEqual(image);
    },
  );

  it('keeps 16 bits and floats', async () => {
    const data = Uint16Array.from({ length: 27 }, (_, index) => index * 2427);
    const image: Image = { data, width: 3, height: 3, channels: 3 };
    expect(await restoreImage(identitySetup(), image)).toEqual(image);
    const floats: Image = { data: Float32Array.from([0, 0.25, 1]), width: 1, height: 1, channels: 3 };
    expect(await restoreImage(identitySetup(), floats)).toEqual(floats);
  });

  it('clamps what leaves [0,1]', async () => {
    const bright = identitySetup((input) => add(mul(input, 3), -1));
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
    const watching = identitySetup((input) => {
      shapes.push(input.shape);
      return input.clone();
    });
    await restoreImage(watching, image8(9, 3, 3));
    expect(shapes).toEqual([[1, 8, 16, 3]]);
  });

  it('enlarges colour and alpha together', async () => {
    const doubling = identitySetup((input) => nearestUpsample(input, 2), { scale: 2 });
    const data = Uint8Array.from([10, 20, 30, 255, 10, 20, 30, 255]);
    const result = await restoreImage(doubling, { data, width: 2, height: 1, channels: 4 });
    expect([result.width, result.height]).toEqual([4, 2]);
    expect([...result.data.subarray(0, 4)]).toEqual([10, 20, 30, 255]);
  });

  it('draws the noise from the seed', async () => {
    const noises: number[][] = [];
    const setup = identitySetup();
    const network = {
      ...setup.network,
      prior: {
        encoder: { size: 4, encode: () => tensor2d([[0, 0, 0, 0]]) },
        denoiser: {
          predictStart: (_: Tensor2D, __: number, noisy: Tensor2D) => {
            noises.push([...noisy.dataSync()]);
            return noisy.clone();
          },
        },
        schedule: linearSchedule({ timesteps: 1 }),
      },
    };
    const heard: string[] = [];
    const onProgress = ({ pixelsDone }: RestoreProgress) => heard.push(`${pixelsDone}/${noises.length}`);
    for (const seed of [0, 0, 1]) {
      await restoreImage({ ...setup, network }, image8(8, 8, 3), { seed, onProgress });
    }
    expect(noises[1]).toEqual(noises[0]);
    expect(noises[2]).not.toEqual(noises[0]);
    // Before and after the IPR's estimation, so that the time for pixels can be told from its time.
    expect(heard.slice(0, 3)).toEqual(['0/0', '0/1', '64/1']);
  });

  it('frees every tensor on success, error and abort', async () => {
    const before = memory().numTensors;
    await restoreImage(identitySetup(), image8(5, 5, 4));
    expect(memory().numTensors).toBe(before);

    const failing = identitySetup((input) => {
      mul(input, 2);
      throw new Error('kernel failed');
    });
    await expect(restoreImage(failing, image8(5, 5, 3))).rejects.toThrow('kernel failed');
    expect(memory().numTensors).toBe(before);

    const controller = new AbortController();
    const pending = restoreImage(identitySetup(), image8(5, 5, 3), { signal: controller.signal });
    controller.abort();
    await expect(pending).rejects.toThrow('aborted');
    expect(memory().numTensors).toBe(before);
  });

  it('reports its progress', async () => {
    const seen: number[] = [];
    await restoreImage(identitySetup(), image8(4, 4, 3), {
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
    const restoring = restoreImage(identitySetup(), { ...image8(4, 4, 3), ...change });
    await expect(restoring).rejects.toThrow(message);
    await expect(restoring).rejects.toSatisfy(ImageError.isInstance.bind(ImageError));
  });

  it('wants a mask for tasks that need one, of the size of the image, and none otherwise', async () => {
    const image = image8(4, 4, 3);
    const plain = identitySetup();
    const masked = { ...plain, task: { ...plain.task, mask: 'required' as const } };
    await expect(restoreImage(masked, image)).rejects.toThrow('test: needs a mask');
    await expect(restoreImage(masked, image, { mask: image8(4, 5, 1) })).rejects.toThrow(
      'mask: it is 4×5 and the image 4×4',
    );
    await expect(restoreImage(identitySetup(), image, { mask: image })).rejects.toThrow(ModelUseError);
  });
});
