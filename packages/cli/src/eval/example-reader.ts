import type { ImagePair } from './find-pairs';
import { type Example, type ReadExampleOptions, readExample } from './read-example';

/** Gives what a pair consists of. @throws what `readExample` throws */
export type ExampleReader = (pair: ImagePair) => Promise<Example>;

/** Samples that are kept at most, in bytes: about two hundred pairs of 481×321. */
const MOST_BYTES = 2 ** 28;

/**
 * Reads pairs for one contestant after the other. The first ones, as many as fit into a little memory, are decoded
 * (or degraded) once; the others each time.
 */
export function createExampleReader(options: ReadExampleOptions, mostBytes = MOST_BYTES): ExampleReader {
  const kept = new Map<string, Example>();
  let bytes = 0;
  return async (pair) => {
    const known = kept.get(pair.name);
    if (known !== undefined) return known;
    const example = await readExample(pair, options);
    const size = bytesOf(example);
    if (!kept.has(pair.name) && bytes + size <= mostBytes) {
      kept.set(pair.name, example);
      bytes += size;
    }
    return example;
  };
}

function bytesOf({ lq, reference, mask }: Example): number {
  return [lq, reference, mask].reduce((sum, image) => sum + (image?.data.byteLength ?? 0), 0);
}
