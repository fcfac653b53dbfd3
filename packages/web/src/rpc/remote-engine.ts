import { DiffIRError, fromPlainError } from '@diffir/core/errors';
import type { CallHooks, Engine, RestoreRequest, SentImage } from '../engine/engine';
import { copySamples } from '../image/copy-samples';
import type { Answer, Call, Request } from './messages';

/**
 * An engine in a worker, whose script calls `serveRestorer`. An abort is passed on, and its answer awaited;
 * nothing is answered any more once the worker is terminated.
 */
export function remoteEngine(worker: Worker): Engine {
  const line: Line = { worker, listening: untilListening(worker) };
  // Who calls is told.
  line.listening.catch(() => {});
  return {
    open: (setup, hooks) => call(line, { method: 'open', setup }, hooks),
    restore: async (request, hooks) => {
      const { sent, transfer } = await withCopies(request);
      return call(line, { method: 'restore', request: sent }, hooks, transfer);
    },
    memory: () => call(line, { method: 'memory' }),
    close: () => call(line, { method: 'close' }),
  };
}

interface Line {
  readonly worker: Worker;
  /** What is sent before might be lost: a script may wait for something before it listens. */
  readonly listening: Promise<void>;
}

function untilListening(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', () => resolve(), { once: true });
    worker.addEventListener('error', (event) => reject(workerFailure(event)), { once: true });
  });
}

async function call<Result, Progress>(
  { worker, listening }: Line,
  request: Request,
  { signal, onProgress }: CallHooks<Progress> = {},
  transfer: readonly Transferable[] = [],
): Promise<Result> {
  await listening;
  const { port1, port2 } = new MessageChannel();
  const calling = new AbortController();
  const options = { signal: calling.signal };
  try {
    return await new Promise((resolve, reject) => {
      port1.addEventListener('message', ({ data }: MessageEvent<Answer<Result, Progress>>) => {
        if ('progress' in data) onProgress?.(data.progress);
        else if ('error' in data) reject(fromPlainError(data.error));
        else resolve(data.result);
      });
      port1.start();
      worker.addEventListener('error', (event) => reject(workerFailure(event)), options);
      signal?.addEventListener('abort', () => port1.postMessage('abort'), options);
      const message: Call = { request, port: port2 };
      worker.postMessage(message, [port2, ...transfer]);
      if (signal?.aborted) port1.postMessage('abort');
    });
  } finally {
    calling.abort();
    port1.close();
  }
}

/** An `ErrorEvent` says what went wrong inside; a plain one that the script could not be loaded. */
function workerFailure(event: Event): DiffIRError {
  const message = event instanceof ErrorEvent ? event.message : '';
  return new DiffIRError({
    subject: 'worker',
    problem: message === '' ? 'its script cannot be loaded' : `it failed: ${message}`,
    remedy: "see that the package's worker.js is served and allowed (worker-src), or use thread: 'page'",
  });
}

/** Samples are copied and the copies handed over; all else is cloned or shared by the browser. */
async function withCopies(request: RestoreRequest) {
  const image = await copied(request.image);
  const mask = request.mask && (await copied(request.mask));
  const transfer = [image, mask].flatMap((sent) =>
    sent?.kind === 'samples' ? [sent.image.data.buffer] : [],
  );
  return { sent: { ...request, image, ...(mask && { mask }) }, transfer };
}

async function copied(sent: SentImage): Promise<SentImage> {
  if (sent.kind !== 'samples') return sent;
  const { data, width, height, channels } = sent.image;
  return { kind: 'samples', image: { data: await copySamples(data), width, height, channels } };
}
