import { extname } from 'node:path';
import { DiffIRError, OptionError } from '@diffir/core';
import { findInputs, type InputFile } from '../io/find-inputs';

/** A ground truth, and the low-quality image that belongs to it unless that is made of it. */
export interface ImagePair {
  /** Place of the ground truth in its folder, with forward slashes: what reports call the pair. */
  readonly name: string;
  readonly gt: InputFile;
  readonly lq?: InputFile;
}

export interface FindPairsOptions {
  readonly cwd: string;
  /** Folder of ground truth, as the user wrote it. */
  readonly gt: string;
  /** Folder of low-quality images; without it they are made of the ground truth. */
  readonly lq?: string;
  /** What the names of low-quality images have behind those of the ground truth. */
  readonly lqSuffix?: string;
  readonly recursive?: boolean;
  /** Absolute path of a folder to leave out, because results go there. */
  readonly exclude?: string;
  /** Take only the first so many by name. */
  readonly limit?: number;
  /** Leave out what has no counterpart instead of refusing. */
  readonly skipMissing?: boolean;
}

/**
 * Pairs images by name, whatever their formats, in the names' order.
 * @throws OptionError when a folder cannot be read, two images have one name, or counterparts are missing: all
 * of them are listed
 */
export async function findPairs(options: FindPairsOptions): Promise<readonly ImagePair[]> {
  const { gt, lq, lqSuffix = '', limit = Number.POSITIVE_INFINITY } = options;
  const references = [...(await filesByStem(gt, options))].sort(([a], [b]) => (a < b ? -1 : 1));
  const chosen = references.slice(0, limit);
  if (lq === undefined) return chosen.map(([, file]) => pairOf(file));
  const inputs = await filesByStem(lq, options);
  const wanted = references.map(([stem]) => stem + lqSuffix);
  if (options.skipMissing !== true) {
    assertNone(
      chosen.filter(([stem]) => !inputs.has(stem + lqSuffix)).map(([, { place }]) => place),
      { subject: lq, problem: (names) => `no image for ${names}`, of: references.length },
    );
    assertNone(
      [...inputs].filter(([stem]) => !wanted.includes(stem)).map(([, { place }]) => place),
      { subject: gt, problem: (names) => `no ground truth for ${names}`, of: inputs.size },
    );
  }
  const pairs = chosen.flatMap(([stem, file]) => {
    const input = inputs.get(stem + lqSuffix);
    return input === undefined ? [] : [pairOf(file, input)];
  });
  if (pairs.length > 0) return pairs;
  throw new OptionError({ subject: lq, problem: `none of its images is named like one in ${gt}` });
}

function pairOf(gt: InputFile, lq?: InputFile): ImagePair {
  return { name: gt.place.replaceAll('\\', '/'), gt, ...(lq && { lq }) };
}

/** The images of a folder by their places without extension. */
async function filesByStem(
  folder: string,
  { cwd, recursive = false, exclude }: FindPairsOptions,
): Promise<Map<string, InputFile>> {
  const { files, failures } = await findInputs([folder], {
    cwd,
    recursive,
    ...(exclude !== undefined && { exclude }),
  });
  for (const { error } of failures) {
    if (!DiffIRError.isInstance(error)) throw error;
    throw new OptionError({ ...error.details, cause: error });
  }
  const found = new Map<string, InputFile>();
  for (const file of files) {
    const stem = file.place.slice(0, file.place.length - extname(file.place).length).replaceAll('\\', '/');
    const other = found.get(stem);
    if (other !== undefined) {
      throw new OptionError({
        subject: folder,
        problem: `${other.place} and ${file.place} have one name`,
        remedy: 'keep one of them',
      });
    }
    found.set(stem, file);
  }
  return found;
}

interface Complaint {
  readonly subject: string;
  readonly problem: (names: string) => string;
  /** How many there should be. */
  readonly of: number;
}

function assertNone(names: readonly string[], { subject, problem, of }: Complaint): void {
  if (names.length === 0) return;
  throw new OptionError({
    subject,
    problem: problem(`${names.length} of ${of}: ${names.join(', ')}`),
    remedy: 'add what is missing, give --lq-suffix, or leave them out with --skip-missing',
  });
}
