import { toPlainError } from '@diffir/core/errors';
import type { Engine, SentImage } from '../engine/engine';
import type { Answer, Call, Request } from './messages';

/** Answers a call that came in from another thread. */
export async function answerCall(engine: Engine, { request, port }: Call): Promise<void> {
  const controller = new AbortController();
  port.addEventListener('message', () => controller.abort());
  port.start();
  const send = (answer: Answer<unknown, unknown>, transfer: Transferable[] = []) =>
    port.postMessage(answer, transfer);
  try {
    const onProgress = (progress: object) => send({ progress });
    const { result, transfer } = await perform(engine, request, { signal: controller.signal, onProgress });
    send({ result }, transfer);
  } catch (error) {
    send({ error: toPlainError(error) });
  }
}

interface Hooks {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: object) => void;
}

interface Performed {
  readonly result: unknown;
  readonly transfer?: Transferable[];
}

async function perform(engine: Engine, request: Request, hooks: Hooks): Promise<Performed> {
  switch (request.method) {
    case 'open':
      return { result: await engine.open(request.setup, hooks) };
    case 'memory':
      return { result: await engine.memory() };
    case 'close':
      return { result: await engine.close() };
    case 'restore': {
      const { image, mask } = request.request;
      try {
        const result = await engine.restore(request.request, hooks);
        return { result, transfer: [result.data.buffer] };
      } finally {
        release(image);
        release(mask);
      }
    }
  }
}

/** Bitmaps hold memory outside the heap, which nobody hurries to collect. */
function release(image: SentImage | undefined): void {
  if (image?.kind === 'bitmap') image.bitmap.close();
}
