import type { RunningBackend } from './backend';

/**
 * Makes a `start` idempotent: calls during and after a start share its result. A failed start and a
 * disposed backend are forgotten, so that the next call starts afresh.
 */
export function startOnce(start: () => Promise<RunningBackend>): () => Promise<RunningBackend> {
  let current: Promise<RunningBackend> | undefined;

  const begin = (): Promise<RunningBackend> => {
    const forget = () => {
      if (current === attempt) current = undefined;
    };
    const attempt = start().then((backend) => ({
      ...backend,
      dispose: () => {
        forget();
        return backend.dispose();
      },
    }));
    attempt.catch(forget);
    return attempt;
  };

  return () => {
    current ??= begin();
    return current;
  };
}
