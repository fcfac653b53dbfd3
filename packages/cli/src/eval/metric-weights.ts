import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { CheckpointError, OptionError } from '@diffir/core';
import {
  type MetricRequest,
  type OpenedWeights,
  openWeights,
  type WeightFileId,
  weightFileOf,
  weightFiles,
} from '@diffir/metrics';
import { describeFileError } from '../io/file-errors';
import { openFileSource } from '../io/file-source';
import { hashSource } from './content-hash';

/** The weight files that metrics read, found in a folder. */
export interface MetricWeights {
  /** Opens what a metric reads; close it when the metric is loaded. */
  open(id: WeightFileId): Promise<readonly OpenedWeights[]>;
  /** SHA-256 of every file, by the id of what it belongs to. */
  hashes(): Promise<{ readonly [id: string]: readonly string[] }>;
}

/** A pattern for the name under which a file is published, its hash left out or not. */
const torchvision = (network: string) => new RegExp(`^${network}(-[\\w-]+)?\\.(pth|safetensors)$`, 'i');
const lpips = (backbone: string) => new RegExp(`^${backbone}\\.(pth|safetensors)$`, 'i');

/** The published files that together hold what a metric reads; one named like the id holds all of it. */
const publishedParts: Readonly<Record<WeightFileId, readonly RegExp[]>> = {
  'lpips-alex': [torchvision('alexnet'), lpips('alex')],
  'lpips-squeeze': [torchvision('squeezenet1_1'), lpips('squeeze')],
  'lpips-vgg': [torchvision('vgg16'), lpips('vgg')],
  dists: [torchvision('vgg16'), /^weights\.pt$/i],
  niqe: [/^niqe_pris_params\.npz$/i],
  'inception-fid': [/^pt_inception-2015-12-05(-\w+)?\.pth$/i],
};

/**
 * Finds the weight files of metrics before any work starts.
 * @param folder as the user wrote it; undefined when none was given
 * @throws CheckpointError naming the first one that is missing, what to get and where to put it
 * @throws OptionError when the folder cannot be read
 */
export async function findMetricWeights(
  requests: readonly MetricRequest[],
  folder: string | undefined,
  cwd: string,
): Promise<MetricWeights> {
  const ids = [...new Set(requests.flatMap((request) => weightFileOf(request) ?? []))];
  const names = folder === undefined || ids.length === 0 ? [] : await namesIn(folder, cwd);
  const paths = new Map(
    ids.map((id) => [id, filesOf(id, names, folder).map((name) => join(resolve(cwd, folder ?? ''), name))]),
  );
  return {
    async open(id) {
      const opened: OpenedWeights[] = [];
      for (const path of paths.get(id) ?? []) {
        // Scores say which file they are of, and should not depend on where it lies.
        opened.push(await openWeights({ ...(await openFileSource(path)), name: basename(path) }));
      }
      return opened;
    },
    async hashes() {
      const hashes = ids.map(async (id) => [id, await Promise.all((paths.get(id) ?? []).map(hashPath))]);
      return Object.fromEntries(await Promise.all(hashes));
    },
  };
}

function filesOf(id: WeightFileId, names: readonly string[], folder: string | undefined): readonly string[] {
  const whole = names.find((name) => name.replace(/\.(pth|pt|safetensors|npz)$/i, '') === id && name !== id);
  if (whole !== undefined) return [whole];
  const parts = publishedParts[id].map((pattern) => names.find((name) => pattern.test(name)));
  if (parts.every((part) => part !== undefined)) return parts;
  throw new CheckpointError({
    subject: id,
    problem:
      folder === undefined
        ? 'it needs weights, and --metric-weights names no folder'
        : `its weights are not in ${folder}`,
    remedy: `get ${weightFiles[id].published}, and put it there under its own name or, all in one, as ${id}.safetensors`,
  });
}

async function namesIn(folder: string, cwd: string): Promise<string[]> {
  const names = await readdir(resolve(cwd, folder)).catch((cause: unknown) => {
    throw new OptionError({ subject: folder, problem: describeFileError(cause), cause });
  });
  return names.sort();
}

async function hashPath(path: string): Promise<string> {
  const source = await openFileSource(path);
  try {
    return await hashSource(source);
  } finally {
    await source.close?.();
  }
}
