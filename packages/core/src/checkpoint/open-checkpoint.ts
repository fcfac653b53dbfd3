import type { ByteSource } from './byte-source';
import type { Checkpoint, CheckpointFormat } from './checkpoint';
import type { OpenedTensors } from './opened-tensors';
import { recogniseFormat } from './recognise-format';
import { openSafetensors } from './safetensors/open-safetensors';
import { selectNames } from './select-names';
import type { StateDict } from './state-dict';
import { openTorch } from './torch/open-torch';
import { readTorchLegacy } from './torch/read-torch-legacy';

/**
 * Opens a checkpoint: a torch file of either form (`.pth`, `.pt`, Lightning's `.ckpt`) or safetensors. The
 * format is told from the content. Only names, shapes and the like are read; nothing in the file is ever
 * run. The state dict is the one under `params_ema`, `params`, `state_dict`, `model`, `net` or
 * `model_state_dict` (the first that there is) or the top level itself; `module.` is removed from names, and
 * of several networks the one under `generator.`, or else `generatorS1.`, is taken.
 * @param source is closed with the checkpoint, and at once if it cannot be opened
 * @throws {CheckpointError} if it is no checkpoint, damaged, has no tensors or uses something unsupported
 */
export async function openCheckpoint(source: ByteSource): Promise<Checkpoint> {
  try {
    const format = await recogniseFormat(source);
    const { path, tensors, siblings, metadata } = await openers[format](source);
    const selection = selectNames(tensors.keys());
    const place = path.length > 0 ? path.join('.') : 'top level';
    return {
      name: source.name,
      format,
      stateDict: renamed(tensors, selection.names),
      metadata,
      selection: [place, ...selection.notes].join(', '),
      siblings: [...siblings, ...selection.siblings],
      async close() {
        await source.close?.();
      },
    };
  } catch (error) {
    // What went wrong first is what the caller must hear about, whether or not closing works.
    await Promise.allSettled([source.close?.()]);
    throw error;
  }
}

const openers: Readonly<Record<CheckpointFormat, (source: ByteSource) => Promise<OpenedTensors>>> = {
  zip: async (source) => {
    // The zip library is two dozen modules, which most starts, from safetensors, do without.
    const { readTorchZip } = await import('./torch/read-torch-zip');
    return openTorch(source, await readTorchZip(source));
  },
  legacy: async (source) => openTorch(source, await readTorchLegacy(source)),
  safetensors: openSafetensors,
};

function renamed(tensors: StateDict, names: ReadonlyMap<string, string>): StateDict {
  return new Map(
    [...tensors].flatMap(([stored, tensor]) => {
      const name = names.get(stored);
      return name === undefined ? [] : [[name, tensor]];
    }),
  );
}
