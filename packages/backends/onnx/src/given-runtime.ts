import type { RuntimeSource } from './onnx-backend';
import { isOnnxRuntime, type RuntimeChoice } from './session/runtime';

export interface GivenRuntimeOptions {
  /**
   * Loads onnxruntime, e.g. `() => import('onnxruntime-web')`; called when the backend starts. A page says
   * so itself, since a bundler must see the import.
   */
  readonly load: () => Promise<unknown>;
  /** What it runs graphs on. Default: `wasm`. */
  readonly provider?: RuntimeChoice['provider'];
  /** Threads of the CPU. Default: 1; a page needs cross-origin isolation for more. */
  readonly threads?: number;
}

/** WebAssembly's address space; graphs keep their weights and all that is under way in it. */
const ADDRESS_SPACE = 2 ** 32;

/** An onnxruntime that the caller brings along, in browsers `onnxruntime-web`. */
export function givenRuntime({ load, provider = 'wasm', threads = 1 }: GivenRuntimeOptions): RuntimeSource {
  return {
    limits: { maxTensorBytes: ADDRESS_SPACE / 2, maxMemoryBytes: ADDRESS_SPACE },
    find: async () => ({
      device: `onnxruntime on ${provider}, ${threads} thread${threads === 1 ? '' : 's'}`,
    }),
    async load() {
      const runtime = await load().catch(() => undefined);
      if (isOnnxRuntime(runtime)) return { runtime, provider, threads };
      return { reason: 'onnxruntime does not load here', remedy: 'check the `load` function that was given' };
    },
  };
}

const notGiven = {
  reason: 'no onnxruntime was given',
  remedy: 'install `createOnnxBackend({ load: () => import("onnxruntime-web") })`',
};

/** Where an onnxruntime must be brought along, and none was. */
export const noRuntime: RuntimeSource = {
  limits: { maxTensorBytes: ADDRESS_SPACE / 2 },
  find: async () => notGiven,
  load: async () => notGiven,
};
