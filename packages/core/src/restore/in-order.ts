/**
 * Starts `work` on up to `concurrency` inputs at once and gives out the results in the inputs' order.
 * When one fails, or the reader stops, nothing new is started and what is under way is waited for.
 */
export async function* inOrder<T, R>(
  inputs: readonly T[],
  concurrency: number,
  work: (input: T) => Promise<R>,
): AsyncGenerator<{ readonly item: R; readonly index: number }> {
  // Only what is under way: results are large, and one that is given out must be free to go.
  const running: Promise<R>[] = [];
  let started = 0;
  const start = (input: T) => {
    const result = work(input);
    // Failures are met in order; until its turn, one is not unhandled.
    result.catch(() => {});
    running.push(result);
    started++;
  };
  try {
    for (const index of inputs.keys()) {
      inputs.slice(started, index + concurrency).forEach(start);
      const result = running.shift();
      if (result !== undefined) yield { item: await result, index };
    }
  } finally {
    await Promise.allSettled(running);
  }
}
