import { type PlainBatch, sliceBatch } from '../data/plain-batch';

/**
 * Splits batches into parts of nearly equal size, each batch into `parts` or as many as it has images. The
 * split does not depend on who computes the parts.
 */
export function splitBatches(batches: readonly PlainBatch[], parts: number): PlainBatch[] {
  return batches.flatMap((batch) => {
    const count = Math.min(parts, batch.images);
    const bounds = Array.from({ length: count + 1 }, (_, index) =>
      Math.round((index * batch.images) / count),
    );
    return bounds.slice(1).map((end, index) => {
      const start = bounds[index] ?? 0;
      return sliceBatch(batch, start, end - start);
    });
  });
}
