import {
  createRestorer,
  DiffIRError,
  ImageError,
  ModelUseError,
  OptionError,
  type Restorer,
  type RestorerOptions,
  UnknownIdError,
} from '../../index';
import { fromPlain, plain, testImage } from '../test-image';

const small = fromPlain(testImage(24, 16));
const model = 'tiny.safetensors';
const options: RestorerOptions = { model, backend: 'wasm' };

/** Aborts a restoration inside a tile that takes many seconds, then restores something small. */
export async function abortLongTile(given: { readonly backend: string; readonly side: number }) {
  const restorer = await createRestorer({ model, backend: given.backend });
  const before = await restorer.memory();
  const controller = new AbortController();
  const progress: number[] = [];
  const restoring = restorer.restore(fromPlain(testImage(given.side, given.side)), {
    tile: 0,
    signal: controller.signal,
    onProgress: ({ pixelsDone }) => progress.push(pixelsDone),
  });
  const outcome = restoring.then(
    () => 'restored',
    (error: unknown) => error,
  );
  await seconds(2);
  const start = performance.now();
  controller.abort('enough');
  const reason = await outcome;
  const rejectedMs = performance.now() - start;
  const again = plain(await restorer.restore(small));
  const after = await restorer.memory();
  await restorer.dispose();
  return { reason, rejectedMs, againMs: performance.now() - start, progress, again, before, after };
}

/** An abort before, while waiting in line, and between tiles. */
export async function abortElsewhere() {
  const restorer = await createRestorer(options);
  const before = await restorer.memory();
  const early = await failure(restorer.restore(small, { signal: AbortSignal.abort('early') }));
  const controller = new AbortController();
  const tiled = restorer.restore(fromPlain(testImage(64, 64)), {
    tile: 16,
    overlap: 4,
    signal: controller.signal,
    onProgress: ({ pixelsDone }) => pixelsDone > 0 && controller.abort('between'),
  });
  const waiting = new AbortController();
  const behind = restorer.restore(small, { signal: waiting.signal });
  waiting.abort('waiting');
  const reasons = [early, await failure(behind), await failure(tiled)];
  const after = await restorer.memory();
  await restorer.dispose();
  return { reasons, before, after };
}

/** What the network holds after each of many restorations. */
export async function restoreMany(count: number) {
  const restorer = await createRestorer(options);
  const held = [];
  for (let index = 0; index < count; index++) {
    await restorer.restore(small);
    held.push(await restorer.memory());
  }
  await restorer.dispose();
  return held;
}

/** What the GPU's buffers take after each of many restorations, and how many were made in all. */
export async function fillGPU(count: number) {
  const buffers = countBuffers();
  const restorer = await createRestorer({ model, backend: 'webgpu', thread: 'page' });
  const held = [];
  for (let index = 0; index < count; index++) {
    await restorer.restore(small);
    held.push({ bufferBytes: buffers.bytes(), ...(await restorer.memory()) });
  }
  await restorer.dispose();
  return { held, made: buffers.made() };
}

/** Counts buffers that are made and not destroyed from now on. */
function countBuffers() {
  const { createBuffer } = GPUDevice.prototype;
  const { destroy } = GPUBuffer.prototype;
  const living = new Set<GPUBuffer>();
  let made = 0;
  GPUDevice.prototype.createBuffer = function (descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    living.add(buffer);
    made++;
    return buffer;
  };
  GPUBuffer.prototype.destroy = function () {
    living.delete(this);
    return destroy.call(this);
  };
  return { made: () => made, bytes: () => [...living].reduce((sum, { size }) => sum + size, 0) };
}

/** The longest time that the page could not react while a picture was restored, and how many stalls there were. */
export async function watchStalls() {
  const restorer = await createRestorer(options);
  const stalls: number[] = [];
  const observer = new PerformanceObserver((list) => {
    stalls.push(...list.getEntries().map(({ duration }) => duration));
  });
  observer.observe({ type: 'longtask' });
  // Five megapixels: decoded, read, sent there and back, as a file and as samples.
  const canvas = new OffscreenCanvas(2560, 2048);
  canvas.getContext('2d')?.fillRect(0, 0, 1280, 1024);
  const file = await canvas.convertToBlob();
  await seconds(0.2);
  stalls.length = 0;
  const start = performance.now();
  const outputs = [];
  const controller = new AbortController();
  for (const input of [file, new ImageData(2560, 2048)]) {
    const restoring = restorer.restore(input, { signal: controller.signal }).catch(() => 'aborted');
    outputs.push(await Promise.race([restoring, seconds(3)]));
  }
  controller.abort();
  await seconds(0.2);
  await restorer.dispose();
  observer.disconnect();
  return { longest: Math.max(0, ...stalls), watchedMs: performance.now() - start };
}

/** What calls that are under way, and later ones, hear of `dispose`. */
export async function disposeEarly() {
  const restorer = await createRestorer(options);
  const big = fromPlain(testImage(512, 512));
  const calls = [restorer.restore(big), restorer.restore(small), restorer.memory()];
  const outcomes = calls.map(failure);
  await seconds(0.3);
  await restorer.dispose();
  await restorer.dispose();
  await seconds(0.5);
  const errors = await Promise.all([...outcomes, failure(restorer.restore(small))]);
  return errors.map((error) => ({ typed: error instanceof OptionError, message: messageOf(error) }));
}

/** Errors that arise in the worker, as they arrive. */
export async function errorsAcross() {
  const restorer = await createRestorer(options);
  const broken = new File(['no picture'], 'holiday.jpg', { type: 'image/jpeg' });
  const errors = await Promise.all([
    failure(restorer.restore(broken)),
    failure(restorer.restore(new Blob([]))),
    failure(restorer.restore({ ...small, width: 7 })),
    failure(restorer.restore(small, { mask: small })),
    failure(restorer.restore(small, { tile: -3 })),
    failure(createRestorer({ model: 'no-such-model' })),
    failure(createRestorer({ ...options, backend: 'abacus' })),
    failure(createRestorer({ ...options, pluginModules: ['no-such-plugin.js'] })),
    failure(createRestorer({ ...options, signal: AbortSignal.abort('changed my mind') })),
    failure(createRestorer({ ...options, createWorker: () => new Worker('no-such-worker.js') })),
  ]);
  await restorer.dispose();
  const known = { ImageError, ModelUseError, OptionError, UnknownIdError, DiffIRError };
  return errors.map((error) => ({
    kind: Object.entries(known).find(([, Kind]) => error instanceof Kind)?.[0] ?? typeof error,
    message: messageOf(error),
  }));
}

/** Restores with a backend whose device is lost now and then, see the plugin. */
export async function loseDevice(given: { readonly losses: number; readonly thread: 'worker' | 'page' }) {
  const restorer: Restorer = await createRestorer({
    model,
    thread: given.thread,
    pluginModules: [`fragile.js?losses=${given.losses}`],
  });
  const before = { backend: restorer.backend.id, reason: restorer.backendReason };
  const loaded = await restorer.memory();
  const image = plain(await restorer.restore(small));
  const after = { backend: restorer.backend.id, reason: restorer.backendReason };
  const memory = await restorer.memory();
  await restorer.dispose();
  return { before, after, image, loaded, memory };
}

function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'no failure',
    (error: unknown) => error,
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function seconds(count: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, count * 1000));
}
