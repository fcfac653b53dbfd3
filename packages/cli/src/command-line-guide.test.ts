import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { runInFolder } from './testing/run-cli';

const guide = readFileSync(new URL('../../../docs/guides/command-line.md', import.meta.url), 'utf8');

describe('the command line guide', () => {
  it.each([
    'restore',
    'bench',
    'degrade',
    'eval',
    'export',
    'train',
    'models',
    'inspect',
    'verify',
    'convert',
    'doctor',
  ])('names every option of %s', async (command) => {
    const { stdout } = await runInFolder([command, '--help'], { cwd: tmpdir() });
    const options = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, option]) => option ?? '');
    expect(options.length).toBeGreaterThan(1);
    const unknown = options.filter((option) => option !== '--help' && !guide.includes(option));
    expect(unknown).toEqual([]);
  });
});
