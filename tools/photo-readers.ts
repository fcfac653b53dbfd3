import { spawnSync } from 'node:child_process';

const options = { encoding: 'utf8', maxBuffer: 2 ** 28 } as const;

/** A Python that has Pillow, Debian's first; undefined where there is none. */
export function findPillow(): string | undefined {
  return ['/usr/bin/python3', 'python3'].find(
    (python) => spawnSync(python, ['-c', 'import PIL'], options).status === 0,
  );
}

/** Whether exiftool is there. */
export function hasExiftool(): boolean {
  return spawnSync('exiftool', ['-ver'], options).status === 0;
}

/**
 * Runs a Python script in a folder, with Pillow at hand.
 * @returns what it prints, read as JSON; undefined when it prints nothing
 */
export function runPillow(script: string, folder: string): unknown {
  const output = succeed(findPillow() ?? 'python3', ['-W', 'ignore', '-c', script], folder);
  return output === '' ? undefined : JSON.parse(output);
}

/** Runs exiftool in a folder and gives what it prints. */
export function runExiftool(argv: readonly string[], folder: string): string {
  return succeed('exiftool', argv, folder);
}

function succeed(program: string, argv: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, argv, { ...options, cwd });
  if (status !== 0) throw new Error(`${program} failed: ${error?.message ?? stderr}`);
  return stdout;
}
