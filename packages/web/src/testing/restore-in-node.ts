import { wasmPlugin } from '@diffir/backend-wasm';
import { bytesSource, createRegistry, createRestorer } from '@diffir/core';
import { modelsPlugin } from '@diffir/models';
import { tasksPlugin } from '@diffir/tasks';
import { fromPlain, type PlainImage, plain } from './test-image';

/** What Node makes of a picture with a model. */
export async function restoreInNode(model: Buffer, image: PlainImage): Promise<PlainImage> {
  const restorer = await createRestorer({
    registry: createRegistry([modelsPlugin, tasksPlugin, wasmPlugin]),
    host: { openSource: async () => bytesSource('model', model) },
    model: './model.safetensors',
    backend: 'wasm',
  });
  try {
    return plain(await restorer.restore(fromPlain(image)));
  } finally {
    await restorer.dispose();
  }
}
