import { copyFile, rm, writeFile } from 'node:fs/promises';
import {
  CheckpointError,
  createRestorer as createCoreRestorer,
  createRegistry,
  definePlugin,
  type RestoreProgress,
} from '@diffir/core';
import { memory } from '@tensorflow/tfjs';
import { afterEach, describe, expect, it } from 'vitest';
import { nodeHost } from '../../io/node-host';
import { builtinPlugins } from '../../plugins/builtin-plugins';
import { built, ofBuild } from '../../testing/built';
import { testImage } from '../../testing/images';
import { temporaryFolder } from '../../testing/temporary-folder';
import { createRestorer, type Restorer, type RestorerOptions } from '../create-restorer';
import { startWorkerThread } from './start-worker-thread';
import { workerRunners } from './worker-runners';

const folder = temporaryFolder();
const open: Restorer[] = [];

async function restorer(options: RestorerOptions = {}): Promise<Restorer> {
  const opened = await createRestorer({ backend: 'wasm', ...options });
  open.push(opened);
  return opened;
}

afterEach(async () => {
  for (const opened of open.splice(0)) await opened.dispose();
});

const weights = async () => {
  const pretrained = createRegistry(builtinPlugins).pretrained.find(({ name }) => name === 'deblur-small');
  return pretrained?.url ?? new URL('file:///none');
};

describe.skipIf(!built)(ofBuild('workers'), () => {
  it('give the bytes that one thread gives, however many there are', async () => {
    const image = testImage({ width: 96, height: 88 });
    const options = { tile: 64, overlap: 8, seed: 3 };
    const expected = await (await restorer({ workers: 0 })).restore(image, options);
    const loaded = memory().numTensors;
    for (const workers of [1, 2, 3]) {
      const many = await restorer({ workers });
      const before = memory().numTensors;
      expect(await many.restore(image, options)).toEqual(expected);
      expect(memory().numTensors).toBe(before);
      await many.dispose();
    }
    expect(memory().numTensors).toBe(loaded);
  });

  it('tell how long they compiled, before their first tile', async () => {
    const compiling = await restorer({ workers: 1, backend: 'onnx' });
    const heard: RestoreProgress[] = [];
    const onProgress = (progress: RestoreProgress) => heard.push(progress);
    await compiling.restore(testImage({ width: 96, height: 88 }), { tile: 64, overlap: 8, onProgress });
    const [first] = heard.filter(({ compileSeconds }) => compileSeconds !== undefined);
    expect(first).toEqual({ pixelsDone: 0, pixelsTotal: 96 * 88, compileSeconds: expect.any(Number) });
  });

  it('stop inside a long tile, and go on with the next picture', async () => {
    // Plain JavaScript takes minutes for the one tile below: waiting for it would run out of the test's time.
    const slow = await restorer({ workers: 1, backend: 'cpu' });
    const small = testImage({ width: 16, height: 16 });
    const expected = await slow.restore(small);
    const before = memory().numTensors;
    const controller = new AbortController();
    setTimeout(() => controller.abort('enough'), 500);
    const restoring = slow.restore(testImage({ width: 400, height: 400 }), {
      signal: controller.signal,
      tile: 0,
    });
    await expect(restoring).rejects.toBe('enough');
    expect(memory().numTensors).toBe(before);
    expect(await slow.restore(small)).toEqual(expected);
  });

  it('say what is wrong in the words of what went wrong, and recover', async () => {
    const model = folder.file('model.safetensors');
    await copyFile(await weights(), model);
    const opened = await restorer({ workers: 2, model });
    await rm(model);
    const image = testImage();
    const error = await opened.restore(image).catch((reason: unknown) => reason);
    expect(CheckpointError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({
      details: { subject: model, remedy: 'check the path and its permissions' },
    });
    await copyFile(await weights(), model);
    expect(await opened.restore(image)).toEqual(await (await restorer({ workers: 0 })).restore(image));
  });

  it('tell of their death', async () => {
    await writeFile(folder.file('exit.mjs'), 'process.exit(3);');
    const thread = startWorkerThread({
      plugins: { names: ['./exit.mjs'], cwd: folder.path },
      cwd: folder.path,
      task: 'deblur',
      model: { name: 'deblur-small', location: (await weights()).href },
      interruptible: true,
      backend: 'wasm',
    });
    const inputs = { rows: 8, columns: 8, image: new Float32Array(192) };
    const answer = thread.run({ part: 'condition', inputs });
    await expect(answer).rejects.toThrow('worker: it ended before it answered (exit code 3)');
    expect(thread.alive).toBe(false);
  });

  it('fail what is under way when they are disposed', async () => {
    const opened = await restorer({ workers: 1, backend: 'cpu' });
    const restoring = opened.restore(testImage({ width: 256, height: 256 }), { tile: 0 });
    setTimeout(() => void opened.dispose(), 300);
    await expect(restoring).rejects.toThrow('used after dispose()');
  });

  it('install the plugins that the command installs', async () => {
    const source = `
      import { Worker, threadId } from 'node:worker_threads';
      export const plugin = {
        name: 'marker',
        tasks: [{ id: 'mark', description: 'marks', mask: 'none', rejects: () => undefined,
          prepare: ({ image }) => threadId === 0 ? image.add(NaN) : image, compose: (output) => output }],
      };`;
    await writeFile(folder.file('marker.mjs'), source);
    const { plugin } = await import(/* @vite-ignore */ folder.file('marker.mjs'));
    const registry = createRegistry([...builtinPlugins, definePlugin(plugin)]);
    const core = await createCoreRestorer({
      registry,
      host: nodeHost(),
      task: 'mark',
      model: 'deblur-small',
      backend: 'wasm',
      runners: workerRunners({
        workers: 1,
        plugins: { names: ['./marker.mjs'], cwd: folder.path },
        cwd: folder.path,
      }).runners,
    });
    const restored = await core.restore(testImage());
    const expected = await (await restorer({ workers: 0 })).restore(testImage());
    await core.dispose();
    // On this thread it would all be NaN.
    expect(restored).toEqual(expected);
  });
});

describe('the number of workers', () => {
  it('is refused where it makes no sense', async () => {
    await expect(restorer({ workers: -1 })).rejects.toThrow(/workers: -1 is not auto, 0/);
  });
});
