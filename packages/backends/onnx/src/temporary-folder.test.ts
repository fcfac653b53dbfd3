import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { makeTemporaryFolder, removeTemporaryFolders } from './temporary-folder';

/** Makes a folder with a file in it, says where, and ends in the given way. */
async function pathLeftBy(ending: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { writeFileSync } from 'node:fs';
        import { makeTemporaryFolder, removeTemporaryFolders } from './temporary-folder';
        const folder = await makeTemporaryFolder();
        writeFileSync(folder.path + '/weights', 'abc');
        console.log(folder.path);
        ${ending}`,
      resolveDir: import.meta.dirname,
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
  });
  const script = outputFiles[0]?.text ?? '';
  const run = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
  const { stdout } = await run.catch((failed: { stdout: string }) => failed);
  return stdout.trim();
}

describe('temporary folders', () => {
  it('are gone when removed, with what is in them, also twice', async () => {
    const before = process.listenerCount('exit');
    const folder = await makeTemporaryFolder();
    await writeFile(join(folder.path, 'weights'), 'abc');
    expect(existsSync(folder.path)).toBe(true);
    expect(process.listenerCount('exit')).toBe(before + 1);
    await folder.remove();
    await folder.remove();
    expect(existsSync(folder.path)).toBe(false);
    expect(process.listenerCount('exit')).toBe(before);
  });

  it("are another process's matter", async () => {
    const folder = await makeTemporaryFolder();
    await pathLeftBy('removeTemporaryFolders();');
    expect(existsSync(folder.path)).toBe(true);
    removeTemporaryFolders();
    expect(existsSync(folder.path)).toBe(false);
    await folder.remove();
  });

  it.each([
    ['at its end', ''],
    ['by process.exit', 'process.exit(3);'],
    ['by an error', 'throw new Error("uncaught");'],
    ['by a signal, told before', "removeTemporaryFolders(); process.kill(process.pid, 'SIGKILL');"],
  ])('are gone when the process ends %s', async (_, ending) => {
    const path = await pathLeftBy(ending);
    expect(path).toContain('diffir-');
    expect(existsSync(path)).toBe(false);
  });
});
