interface TilesAtOnceOptions {
  /** How many tiles could be under way at once. */
  readonly concurrency: number;
  /** Bytes that the work on one of them takes. */
  readonly tileBytes: number;
  /** Bytes that all of them may take; undefined where that is no matter. */
  readonly memoryBytes: number | undefined;
}

/**
 * How many tiles to have under way at once. Where memory is short these become fewer, never smaller: the
 * result must not depend on who computes it.
 */
export function tilesAtOnce({ concurrency, tileBytes, memoryBytes }: TilesAtOnceOptions): number {
  if (memoryBytes === undefined) return concurrency;
  return Math.max(1, Math.min(concurrency, Math.floor(memoryBytes / tileBytes)));
}
