import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that is gone at the latest when the process ends by itself or by `process.exit`. */
export interface TemporaryFolder {
  readonly path: string;
  /** Removes it with all that is in it; may be called again where that failed. */
  remove(): Promise<void>;
}

/** Makes a folder that only this user can look into. @throws what the file system says */
export async function makeTemporaryFolder(): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), 'diffir-'));
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
