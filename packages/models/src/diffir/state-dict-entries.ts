import type { StateDict, StoredTensor } from '@diffir/core';

/** Prefixes under which stage 2 stores its parts a second time, and the names they stand for. */
const COPIES = [
  ['diffusion.condition.', 'condition.'],
  ['diffusion.model.', 'denoise.'],
] as const;

/** Everything below this is a copy or a table that follows from T and β. */
const DERIVED = 'diffusion.';

/**
 * The entries of a stage-2 state dict that count: without the schedule tables and without the copies
 * of CPEN and denoiser, which fill in only where the originals are missing altogether.
 */
export function stage2Entries(stateDict: StateDict): StateDict {
  const entries = new Map<string, StoredTensor>();
  for (const [name, tensor] of stateDict) {
    if (!name.startsWith(DERIVED)) entries.set(name, tensor);
  }
  for (const [copy, original] of COPIES) {
    if ([...entries.keys()].some((name) => name.startsWith(original))) continue;
    for (const [name, tensor] of stateDict) {
      if (name.startsWith(copy)) entries.set(original + name.slice(copy.length), tensor);
    }
  }
  return entries;
}
