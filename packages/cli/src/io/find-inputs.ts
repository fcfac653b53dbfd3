import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { ImageError } from '@diffir/core';
import { glob, isDynamicPattern } from 'tinyglobby';
import { describeFileError, fileErrorCode } from './file-errors';
import { hasImageExtension, readableFormats } from './image-formats';

/** An image file to work on. */
export interface InputFile {
  /** Absolute path. */
  readonly path: string;
  /** How messages call it: as the user wrote it, or below what the user wrote. */
  readonly name: string;
  /** Its place in the output folder: a file name, below subfolders where a tree is kept. */
  readonly place: string;
}

/** Something named on the command line that gives no input. */
export interface FailedInput {
  readonly name: string;
  readonly error: unknown;
}

export interface FoundInputs {
  readonly files: readonly InputFile[];
  readonly failures: readonly FailedInput[];
  /** Whether a folder was named, so that results go to a folder however many there are. */
  readonly fromFolder: boolean;
}

export interface FindInputsOptions {
  /** Folder that relative paths start from. */
  readonly cwd: string;
  /** Also look into the folders inside a folder. */
  readonly recursive?: boolean;
  /** Absolute path of a folder to leave out, because results go there. */
  readonly exclude?: string;
}

/**
 * The files that arguments stand for: files, the images in folders, and glob patterns, in the order
 * given, each once. A file whose name looks like a pattern is that file.
 */
export async function findInputs(
  names: readonly string[],
  { cwd, recursive = false, exclude }: FindInputsOptions,
): Promise<FoundInputs> {
  const files = new Map<string, InputFile>();
  const failures: FailedInput[] = [];
  let fromFolder = false;
  for (const name of names) {
    try {
      const { found, folder } = await expand(name, { cwd, recursive, ...(exclude && { exclude }) });
      fromFolder ||= folder;
      for (const file of found) if (!files.has(file.path)) files.set(file.path, file);
    } catch (error) {
      failures.push({ name, error });
    }
  }
  return { files: [...files.values()], failures, fromFolder };
}

interface Expansion {
  readonly found: readonly InputFile[];
  readonly folder: boolean;
}

async function expand(name: string, options: FindInputsOptions): Promise<Expansion> {
  const path = resolve(options.cwd, name);
  const entry = await stat(path).catch((error: unknown) => {
    if (fileErrorCode(error) === 'ENOENT') return undefined;
    throw new ImageError({ subject: name, problem: describeFileError(error), cause: error });
  });
  if (entry?.isDirectory()) return { found: await filesInFolder(name, options), folder: true };
  if (entry !== undefined) return { found: [{ path, name, place: basename(path) }], folder: false };
  return { found: await filesOfPattern(name, options.cwd), folder: false };
}

async function filesInFolder(name: string, { cwd, recursive, exclude }: FindInputsOptions) {
  const root = resolve(cwd, name);
  const search = { recursive: recursive === true, exclude };
  const found = await listImages(root, search).catch((cause: unknown) => {
    throw new ImageError({ subject: name, problem: describeFileError(cause), cause });
  });
  if (found.length === 0) {
    throw new ImageError({
      subject: name,
      problem: 'no images in this folder',
      remedy: recursive ? `put ${readableFormats} files there` : 'use --recursive to look into its folders',
    });
  }
  return found.map((path) => {
    const place = relative(root, path);
    return { path, name: join(name, place), place };
  });
}

async function listImages(
  folder: string,
  search: { readonly recursive: boolean; readonly exclude: string | undefined },
): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => !entry.name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const lists = names.map(async (entry) => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) return hasImageExtension(entry.name) ? [path] : [];
    return search.recursive && path !== search.exclude ? listImages(path, search) : [];
  });
  return (await Promise.all(lists)).flat();
}

async function filesOfPattern(name: string, cwd: string): Promise<InputFile[]> {
  // Windows shells leave patterns to the program, with backslashes.
  const pattern = process.platform === 'win32' ? name.replaceAll('\\', '/') : name;
  if (!isDynamicPattern(pattern)) {
    throw new ImageError({ subject: name, problem: 'no such file or folder', remedy: 'check the path' });
  }
  const found = await glob(pattern, { cwd, expandDirectories: false, onlyFiles: true });
  if (found.length === 0) {
    throw new ImageError({
      subject: name,
      problem: 'no file matches this pattern',
      remedy: 'check the path',
    });
  }
  return found.sort().map((match) => ({ path: resolve(cwd, match), name: match, place: basename(match) }));
}
