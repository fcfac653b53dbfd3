import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestPhoto } from './test-photos';

const bin = fileURLToPath(new URL('../../../../packages/cli/bin/diffir.js', import.meta.url));

export interface NodeRun {
  readonly photo: TestPhoto;
  /** Name or file of the model. */
  readonly model: string;
  readonly mask?: TestPhoto;
  /** Default: `deblur`. */
  readonly task?: string;
  readonly seed?: number;
}

/** What `diffir restore` makes of a photo on WebAssembly in Node, as PNG. */
export function nodeResult({ photo, model, mask, task = 'deblur', seed = 0 }: NodeRun): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'playground-'));
  const write = ({ name, bytes }: TestPhoto) => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };
  const output = join(folder, 'restored.png');
  const masked = mask === undefined ? [] : ['--mask', write(mask)];
  const argv = [
    ...['restore', write(photo), '-o', output, '--backend', 'wasm', '--task', task],
    ...['--model', model, '--seed', String(seed), ...masked],
  ];
  const { status, stderr } = spawnSync(process.execPath, [bin, ...argv], { encoding: 'utf8' });
  try {
    if (status !== 0) throw new Error(`diffir restore failed: ${stderr}`);
    return readFileSync(output);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
