import { randomUUID } from 'node:crypto';
import { rm, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { OutputError } from '@diffir/core';
import { formatBytes } from '../text/units';
import { makeFolder } from './make-folder';

/** A hidden path beside another one, which nobody else uses. */
export function temporaryPath(neighbour: string, extension = ''): string {
  return join(dirname(neighbour), `.diffir-${randomUUID()}.tmp${extension}`);
}

/** Temporary files of one piece of work. They are gone when it ends, however it ends. */
export interface TemporaryFiles {
  /**
   * Makes sure that there is room for temporary files beside an output, whose folder is made.
   * @param name what errors call the output
   * @throws OutputError when there is not
   */
  reserve(output: string, bytes: number, name: string): Promise<void>;
  /** Has a new file beside an output filled and gives its path; a file whose filling fails is removed. */
  create(output: string, fill: (path: string) => Promise<unknown>, extension?: string): Promise<string>;
  remove(path: string): Promise<void>;
  /** Removes all there are, once none is being filled any more. */
  removeAll(): Promise<void>;
}

/** Where work on files is done. */
export interface FileWork {
  readonly files: TemporaryFiles;
  /** The path beside which temporary files are made. */
  readonly output: string;
  /** What errors call the image. */
  readonly name: string;
}

/** Free bytes of the file system that a folder is on; undefined where it does not say. */
export type FreeSpace = (folder: string) => Promise<number | undefined>;

/** No temporary files yet. */
export function createTemporaryFiles(freeSpace: FreeSpace = freeBytes): TemporaryFiles {
  const paths = new Set<string>();
  const filling = new Set<Promise<unknown>>();
  const remove = async (path: string) => {
    await rm(path, { force: true });
    paths.delete(path);
  };
  return {
    async reserve(output, bytes, name) {
      const folder = dirname(output);
      await makeFolder(folder);
      const free = await freeSpace(folder);
      if (free === undefined || free >= bytes) return;
      throw new OutputError({
        subject: name,
        problem: `its temporary files need ${formatBytes(bytes)} of disk beside it, and ${formatBytes(free)} are free`,
        remedy: 'free some, or choose an output on another disk',
      });
    },
    async create(output, fill, extension) {
      const path = temporaryPath(output, extension);
      paths.add(path);
      const filled = fill(path);
      filling.add(filled);
      try {
        await filled;
        return path;
      } catch (error) {
        await remove(path);
        throw error;
      } finally {
        filling.delete(filled);
      }
    },
    remove,
    async removeAll() {
      while (filling.size > 0) await Promise.allSettled(filling);
      await Promise.all([...paths].map(remove));
    },
  };
}

/** Some network and virtual file systems have no numbers, or zeros. */
async function freeBytes(folder: string): Promise<number | undefined> {
  const { blocks, bavail, bsize } = await statfs(folder).catch(() => ({ blocks: 0, bavail: 0, bsize: 0 }));
  return blocks === 0 ? undefined : bavail * bsize;
}
