import { readdir, readFile, writeFile } from 'node:fs/promises';
import { definePlugin, ImageError, ModelUseError, OutputError } from '@diffir/core';
import { memory } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { asSharp, testImage } from '../testing/images';
import { temporaryFolder } from '../testing/temporary-folder';
import { createRestorer } from './create-restorer';

const folder = temporaryFolder();

describe('createRestorer', () => {
  it('lists what it knows where a name is unknown', async () => {
    await expect(createRestorer({ model: 'nothing' })).rejects.toThrow(/nothing: unknown model; known: /);
    await expect(createRestorer({ task: 'paint' })).rejects.toThrow(/known: deblur, inpaint, real-sr, sr/);
  });

  it('installs plugins beside the built-in ones', async () => {
    const paint = {
      id: 'paint',
      description: 'paints',
      mask: 'none',
      rejects: () => undefined,
      prepare: () => {
        throw new ModelUseError({ problem: 'not here' });
      },
      compose: () => {
        throw new ModelUseError({ problem: 'not here' });
      },
    } as const;
    const plugins = [definePlugin({ name: 'painter', tasks: [paint] })];
    await expect(createRestorer({ task: 'paint', plugins })).rejects.toThrow(
      'paint: no model for it is installed',
    );
    await expect(createRestorer({ plugins: [...plugins, ...plugins] })).rejects.toThrow(/already installed/);
  });
});

describe('a restorer', () => {
  const open = () => createRestorer({ backend: 'wasm' });

  it('restores samples, a file and an encoded image alike', async () => {
    const image = testImage();
    const encoded = await asSharp(image).png().toBuffer();
    await writeFile(folder.file('a.png'), encoded);
    const restorer = await open();
    expect(restorer).toMatchObject({ task: { id: 'deblur' }, model: { scale: 1 }, backend: { id: 'wasm' } });
    const [fromSamples, fromFile, fromBytes] = [
      await restorer.restore(image),
      await restorer.restore(folder.file('a.png')),
      await restorer.restore(encoded, { seed: 0 }),
    ];
    await restorer.dispose();
    expect(fromSamples.data).not.toEqual(image.data);
    expect(fromFile).toEqual(fromSamples);
    expect(fromBytes).toEqual(fromSamples);
  });

  it('restores a file into a file, and does not replace one without being told to', async () => {
    await asSharp(testImage()).toFile(folder.file('a.png'));
    const restorer = await open();
    const [input, output] = [folder.file('a.png'), folder.file('b.png')];
    expect(await restorer.restoreFile(input, output)).toEqual({ width: 24, height: 16 });
    const again = await restorer.restoreFile(input, output).catch((error: unknown) => error);
    expect(OutputError.isInstance(again)).toBe(true);
    // It fails before the image is even read.
    const missing = restorer.restoreFile(folder.file('no.png'), output);
    await expect(missing).rejects.toThrow(/exists already/);
    const larger = await restorer.restoreFile(input, output, { overwrite: true, outscale: 2 });
    expect(larger).toEqual({ width: 48, height: 32 });
    await expect(restorer.restoreFile(input, folder.file('c.txt'))).rejects.toThrow(/says no format/);
    await expect(restorer.restoreFile(input, folder.file('c.png'), { outscale: 0 })).rejects.toThrow(
      /outscale/,
    );
    await expect(restorer.restoreFile(input, folder.file('c.jpg'), { quality: 0 })).rejects.toThrow(
      /quality: 0 is not/,
    );
    await restorer.dispose();
    expect((await readdir(folder.path)).sort()).toEqual(['a.png', 'b.png']);
    expect((await readFile(output)).length).toBeGreaterThan(0);
  });

  it('leaves no tensors behind: not after success, errors, or an abort', async () => {
    const before = memory().numTensors;
    const restorer = await open();
    const loaded = memory().numTensors;
    await restorer.restore(testImage());
    expect(memory().numTensors).toBe(loaded);
    const unreadable = await restorer.restore(new Uint8Array(3)).catch((error: unknown) => error);
    expect(ImageError.isInstance(unreadable)).toBe(true);
    const masked = restorer.restore(testImage(), { mask: testImage({ channels: 1 }) });
    expect(ModelUseError.isInstance(await masked.catch((error: unknown) => error))).toBe(true);
    expect(memory().numTensors).toBe(loaded);
    const controller = new AbortController();
    const aborted = restorer.restore(testImage(), {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    expect(await aborted.catch((error: unknown) => error)).toBe(controller.signal.reason);
    expect(memory().numTensors).toBe(loaded);
    await restorer.dispose();
    await restorer.dispose();
    expect(memory().numTensors).toBe(before);
    await expect(restorer.restore(testImage())).rejects.toThrow('used after dispose()');
  });

  it('keeps nothing of a model that does not fit the task', async () => {
    const before = memory().numTensors;
    await expect(createRestorer({ model: 'deblur-small', task: 'inpaint', backend: 'wasm' })).rejects.toThrow(
      /motion deblurring/,
    );
    expect(memory().numTensors).toBe(before);
  });
});
