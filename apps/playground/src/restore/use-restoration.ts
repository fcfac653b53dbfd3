import { createRestorer, toBlob } from '@diffir/web';
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { modelName } from '../model/model-choice';
import { openPhoto, type Photo, releasePhoto } from '../photo/photo';
import { errorWords } from './error-words';
import type { Result } from './result';
import { nextRunState, type RunState } from './run-state';
import { createSession, type RestoreRequest } from './session';

export interface RestorationState {
  readonly run: RunState;
  readonly result: Result | undefined;
  /** Restores a photo and says whether there is a result; what goes wrong is in `run`. */
  start(photo: Photo, request: Omit<RestoreRequest, 'photo'>): Promise<boolean>;
  cancel(): void;
  /** Shows an error that came about elsewhere. */
  fail(error: unknown): void;
  /** Takes an error or note away. */
  dismiss(): void;
  /** Forgets the result. */
  clear(): void;
}

/** Restoring photos, one at a time. */
export function useRestoration(): RestorationState {
  const [run, dispatch] = useReducer(nextRunState, { phase: 'idle' });
  const [result, setResult] = useState<Result>();
  const [session] = useState(() => createSession({ createRestorer }));
  const controller = useRef<AbortController>(undefined);
  useEffect(() => {
    if (result !== undefined) return () => releasePhoto(result.after);
  }, [result]);

  const start: RestorationState['start'] = async (before, request) => {
    const own = new AbortController();
    controller.current = own;
    dispatch({ kind: 'start' });
    try {
      const { image, ...outcome } = await session.restore(
        { ...request, photo: before.blob },
        {
          signal: own.signal,
          onDownload: (progress) => dispatch({ kind: 'download', ...progress }),
          onPixels: (progress) => dispatch({ kind: 'pixels', ...progress, at: performance.now() }),
        },
      );
      const blob = await toBlob(image);
      own.signal.throwIfAborted();
      const after = await openPhoto(blob, 'result');
      setResult({ before, after, image, task: request.task, model: modelName(request.model), outcome });
      dispatch({ kind: 'finish' });
      return true;
    } catch (error) {
      dispatch(own.signal.aborted ? { kind: 'cancel' } : { kind: 'fail', words: errorWords(error) });
      return false;
    }
  };

  return {
    run,
    result,
    start,
    cancel: () => controller.current?.abort(),
    fail: useCallback((error: unknown) => dispatch({ kind: 'fail', words: errorWords(error) }), []),
    dismiss: useCallback(() => dispatch({ kind: 'dismiss' }), []),
    clear: useCallback(() => setResult(undefined), []),
  };
}
