import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BrowserPage } from '../../../tools/browser';
import { describeBrowser } from '../../../tools/optional-suites';
import { openWebPage } from './testing/open-web-page';
import type { restoreInOwnWorker } from './testing/page/own-worker';
import { restoreInNode } from './testing/restore-in-node';
import { largestDifference, testImage } from './testing/test-image';
import { tinyModel } from './testing/tiny-model';

const runtimeFolder = dirname(createRequire(import.meta.url).resolve('onnxruntime-web'));

describeBrowser('a worker of the page with plugins of its own', () => {
  let page: BrowserPage;
  let model: Buffer;

  beforeAll(async () => {
    model = await tinyModel();
    page = await openWebPage('own-worker', {
      modules: {
        'onnx-worker': `
          import { serveWithOnnx } from './packages/web/src/testing/page/onnx-worker';
          await new Promise((resolve) => setTimeout(resolve, 500));
          serveWithOnnx();`,
      },
      folders: { '/ort/': runtimeFolder },
      respond(path, response) {
        if (path === '/tiny.safetensors') response.end(model);
        return path === '/tiny.safetensors';
      },
    });
  });
  afterAll(() => page?.close());

  it('restores on onnxruntime-web, as Node does without it', async () => {
    const image = testImage(24, 16);
    const { image: restored, ...facts } = await page.call<Awaited<ReturnType<typeof restoreInOwnWorker>>>(
      'restoreInOwnWorker',
      { worker: 'onnx-worker.js', image },
    );
    expect(facts).toMatchObject({
      backend: { id: 'onnx', description: 'onnxruntime on wasm, 1 thread' },
      backendReason: expect.stringMatching(/^onnx .*: best available; not webgpu: /),
    });
    expect(largestDifference(restored, await restoreInNode(model, image))).toBeLessThanOrEqual(1);
    expect(page.requests.filter((path) => path.startsWith('/wasm/'))).toEqual([]);
  });
});
