import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type InferenceSession, Tensor } from 'onnxruntime-common';
import { describe, expect, it } from 'vitest';
import type { OnnxModel } from '../model-file/onnx-model';
import { openSession } from './graph-session';
import type { OnnxRuntime, RuntimeChoice } from './runtime';

setFlagsFromString('--expose_gc');
const collectGarbage = runInNewContext('gc') as () => void;

const runtime: OnnxRuntime = {
  InferenceSession: {
    create: async () =>
      ({ inputNames: [] as readonly string[], release: async () => {} }) as InferenceSession,
  },
  Tensor,
};

/** A model with weights, of which nothing is kept here but weak references. */
function largeModel(): OnnxModel {
  const data = new Uint8Array(2 ** 20);
  const weight = { type: 'float32', shape: [2 ** 18], byteLength: 2 ** 20, data: () => data } as const;
  return { name: 'm', opset: 17, nodes: [], inputs: [], outputs: [], initializers: new Map([['w', weight]]) };
}

async function openLargeSession(choice: RuntimeChoice) {
  const model = largeModel();
  const bytes = new WeakRef(model.initializers.get('w')?.data() ?? new Uint8Array());
  return { session: await openSession(choice, model), bytes };
}

describe('graph sessions', () => {
  it('do not keep the weights that onnxruntime has taken over', async () => {
    const { session, bytes } = await openLargeSession({ runtime, provider: 'cpu', threads: 1 });
    // A turn of the event loop: weak references last until the end of the one that made them.
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
    expect(bytes.deref()).toBeUndefined();
    await session.release();
  });
});
