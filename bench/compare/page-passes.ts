/** Runs in a page: what the process that opened it calls. */

/** One pass: how long it took, and its output in N,C,H,W if that is asked for. */
export interface PagePass {
  readonly seconds: number;
  output(): Float32Array | Promise<Float32Array>;
}

/** Leaves `runPass`, which gives the seconds, and `encodeOutput`, base64 of the last pass's output, behind. */
export function offerPasses(forward: () => Promise<PagePass>): void {
  let last: PagePass | undefined;
  Object.assign(globalThis, {
    async runPass() {
      last = await forward();
      return last.seconds;
    },
    async encodeOutput() {
      return encode(Float32Array.from((await last?.output()) ?? []));
    },
  });
}

/** @throws RangeError where threads share no memory */
export async function loadRuntime(threads: number): Promise<typeof import('onnxruntime-web')> {
  if (!crossOriginIsolated) throw new RangeError('the page is not cross-origin isolated');
  const location = '/ort.wasm.min.mjs';
  const ort: typeof import('onnxruntime-web') = await import(location);
  ort.env.wasm.numThreads = threads;
  ort.env.wasm.wasmPaths = '/';
  return ort;
}

export async function fetchBytes(path: string): Promise<ArrayBuffer> {
  return (await fetch(path)).arrayBuffer();
}

function encode(values: Float32Array<ArrayBuffer>): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(new Blob([values]));
  });
}
