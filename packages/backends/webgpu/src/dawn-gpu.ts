import type { GpuObstacle, GpuSource, OpenGpu } from './gpu-source';
import { findVulkanObstacle, withQuietDrivers } from './vulkan';

/** The npm package `webgpu`: Dawn as a Node addon. */
interface Dawn {
  create(flags: string[]): GPU;
  readonly globals: object;
}

/**
 * WebGPU in Node: Dawn, from the optional package `webgpu`. Nothing global changes until a backend
 * starts; while one runs, the GPU… names are global (see `exposeNames`), `navigator.gpu` is not.
 * @param flags Dawn's own, e.g. `adapter=…`, `backend=…`, `enable-dawn-features=…`.
 */
export function dawnGpu(flags: readonly string[]): GpuSource {
  // One instance: each would load the drivers anew.
  let opened: OpenGpu | undefined;
  return {
    open: async () => {
      const obstacle = findVulkanObstacle();
      if (obstacle !== undefined) return obstacle;
      if (opened === undefined) {
        const dawn = await loadDawn();
        if ('reason' in dawn) return dawn;
        opened = openDawn(dawn, flags);
      }
      return opened;
    },
  };
}

function openDawn(dawn: Dawn, flags: readonly string[]): OpenGpu {
  const gpu = dawn.create([...flags]);
  return {
    requestAdapter: (options) => withQuietDrivers(() => gpu.requestAdapter(options)),
    exposeNames: () => defineGlobals(dawn.globals),
    withNavigator: (construct) => withNavigatorGpu(gpu, construct),
  };
}

async function loadDawn(): Promise<Dawn | GpuObstacle> {
  // Not a literal, so that bundlers leave an optional package alone.
  const name = 'webgpu';
  try {
    const module: unknown = await import(name);
    if (isDawn(module)) return module;
    return { reason: 'the package webgpu is not Dawn for Node', remedy: 'run `npm install webgpu@0.6`' };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const missing = message.includes(`Cannot find package '${name}'`);
    return missing
      ? { reason: 'the optional package webgpu is not installed', remedy: 'run `npm install webgpu`' }
      : {
          reason: `the package webgpu does not load here: ${message.split('\n', 1)[0]}`,
          remedy: 'run `npm install webgpu` on this machine',
        };
  }
}

function isDawn(module: unknown): module is Dawn {
  return (
    typeof module === 'object' &&
    module !== null &&
    'create' in module &&
    typeof module.create === 'function' &&
    'globals' in module &&
    typeof module.globals === 'object'
  );
}

/** Defines WebGPU's names globally and returns a function that puts back what was there. */
function defineGlobals(globals: object): () => void {
  const names = Object.keys(globals).filter((name) => name.startsWith('GPU'));
  const restore = names.map((name) => defineProperty(globalThis, name, Reflect.get(globals, name)));
  return () => {
    for (const undo of restore) undo();
  };
}

/** Node has a `navigator` from version 21 on. */
function withNavigatorGpu<T>(gpu: GPU, construct: () => T): T {
  const undo =
    globalThis.navigator === undefined
      ? defineProperty(globalThis, 'navigator', { gpu })
      : defineProperty(globalThis.navigator, 'gpu', gpu);
  try {
    return construct();
  } finally {
    undo();
  }
}

/** Defines a property and returns a function that restores the previous state. */
function defineProperty(target: object, name: string, value: unknown): () => void {
  const previous = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { value, configurable: true, writable: true, enumerable: false });
  return () => {
    if (previous === undefined) Reflect.deleteProperty(target, name);
    else Object.defineProperty(target, name, previous);
  };
}
