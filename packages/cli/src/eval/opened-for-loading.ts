import type { OpenedWeights, WeightFileId } from '@diffir/metrics';
import type { MetricWeights } from './metric-weights';

type Open = (id: WeightFileId) => Promise<readonly OpenedWeights[]>;

/** Lets something load metrics from weight files, and closes the files when it has. */
export async function openedForLoading<T>(
  weights: MetricWeights,
  load: (open: Open) => Promise<T>,
): Promise<T> {
  const opened: OpenedWeights[] = [];
  try {
    return await load(async (id) => {
      const files = await weights.open(id);
      opened.push(...files);
      return files;
    });
  } finally {
    for (const file of opened) await file.close();
  }
}
