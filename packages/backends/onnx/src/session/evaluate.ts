import { lowerGraph } from '../lower/lower-graph';
import type { TracedArray, TracedValue } from '../trace/traced-graph';
import { openSession } from './graph-session';
import type { RuntimeChoice } from './runtime';

/** The values of a tensor that someone reads: of what led to it as a graph of its own. */
export async function evaluate(choice: RuntimeChoice, value: TracedValue): Promise<TracedArray> {
  const session = await openSession(
    choice,
    lowerGraph({ name: 'value', inputs: [], outputs: [{ name: 'output', value, layout: 'plain' }] }),
  );
  try {
    return await session.run({});
  } finally {
    await session.release();
  }
}
