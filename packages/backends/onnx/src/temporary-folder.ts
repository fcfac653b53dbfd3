import { readdirSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that is gone at the latest when the process ends by itself or by `process.exit`. */
export interface TemporaryFolder {
  readonly path: string;
  /** Removes it with all that is in it; may be called again where that failed. */
  remove(): Promise<void>;
}

/** What the names of this process's folders begin with, whichever of its threads made them. */
const prefix = `diffir-${process.pid}-`;

/** Makes a folder that only this user can look into. @throws what the file system says */
export async function makeTemporaryFolder(): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), prefix));
  const atExit = () => rmSync(path, { recursive: true, force: true });
  process.once('exit', atExit);
  return {
    path,
    async remove() {
      await rm(path, { recursive: true, force: true });
      process.off('exit', atExit);
    },
  };
}

/**
 * Removes at once what this process's threads have made and not removed: for a process that is about to end by a
 * signal, at which it would stay.
 * @throws what the file system says
 */
export function removeTemporaryFolders(): void {
  for (const name of readdirSync(tmpdir())) {
    if (name.startsWith(prefix)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}
