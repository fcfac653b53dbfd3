import type { ByteSource } from '../byte-source';

/** A source that keeps count of what is asked of it. */
export interface CountingSource extends ByteSource {
  readonly asked: {
    /** Bytes asked for, over all reads. */
    total: number;
    /** Most bytes asked for at once. */
    largest: number;
    closed: number;
  };
}

/** Counts the reads of a source, including those that it refuses. */
export function countingSource(source: ByteSource): CountingSource {
  const asked = { total: 0, largest: 0, closed: 0 };
  return {
    name: source.name,
    size: source.size,
    asked,
    read(offset, length) {
      asked.total += length;
      asked.largest = Math.max(asked.largest, length);
      return source.read(offset, length);
    },
    async close() {
      asked.closed += 1;
      await source.close?.();
    },
  };
}
