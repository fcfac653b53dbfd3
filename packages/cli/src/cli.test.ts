import { describe, expect, it } from 'vitest';
import { version } from '../package.json';
import { runInFolder } from './testing/run-cli';
import { temporaryFolder } from './testing/temporary-folder';

const folder = temporaryFolder();
const run = (...argv: string[]) => runInFolder(argv, { cwd: folder.path });

describe('the command line', () => {
  it('prints help and version', async () => {
    const help = await run('--help');
    expect(help).toMatchObject({ code: 0, stderr: '' });
    for (const name of ['restore', 'models', 'inspect', 'verify', 'convert', 'doctor']) {
      expect(help.stdout).toContain(name);
      expect(await run(name, '--help')).toMatchObject({ code: 0, stderr: '' });
    }
    expect(await run('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('shows its help where nothing is asked for', async () => {
    const { code, stderr } = await run();
    expect(code).toBe(2);
    expect(stderr).toContain('Usage: diffir');
  });

  it.each([
    [['paint'], "unknown command 'paint'"],
    [['restore', 'a.png'], "required option '-o, --output <file|folder>' not specified"],
    [['restore', '-o', 'b.png'], "missing required argument 'input'"],
    [['restore', 'a.png', '-o', 'b.png', '--no-such-option'], "unknown option '--no-such-option'"],
    [['restore', 'a.png', '-o', 'b.png', '--tile', '-1'], 'auto, 0 (the whole picture at once)'],
    [['restore', 'a.png', '-o', 'b.png', '--max-memory', 'lots'], 'a size like 800M or 2G'],
    [['restore', 'a.png', '-o', 'b.png', '--quality', '101'], 'a whole number from 1 to 100'],
    [['restore', 'a.png', '-o', 'b.png', '--quality', ''], 'a whole number from 1 to 100'],
    [['restore', 'a.png', '-o', 'b.png', '--outscale', '0'], 'a number above 0 and at most 16'],
    [['restore', 'a.png', '-o', 'b.png', '--outscale', '16.5'], 'a number above 0 and at most 16'],
    [['restore', 'a.png', '-o', 'b.png', '--seed', '1.5'], 'a whole number from 0'],
    [['restore', 'a.png', '-o', 'b.png', '--format', 'bmp'], 'Allowed choices are keep, png, jpeg'],
    [['restore', 'a.png', '-o', 'b', '--overwrite', '--skip-existing'], 'cannot be used with'],
    [['convert', 'a.pth', 'b.pth', '--dtype', 'f64'], 'Allowed choices are f32, f16'],
    [['verify', '--model', 'a.pth'], "required option '--expected <file>' not specified"],
    [['verify', '--model', 'a', '--expected', 'b', '--tolerance', '-1'], 'a number of at least 0'],
  ])('refuses %j in one line', async (argv, problem) => {
    const { code, stdout, stderr } = await run(...argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(problem);
    expect(stderr).toMatch(/^diffir: [^\n]+; see diffir [a-z ]*--help\n$/);
  });
});
