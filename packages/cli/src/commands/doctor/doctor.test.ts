import { BackendUnavailableError, createRegistry } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { capture, runInFolder } from '../../testing/run-cli';
import { temporaryFolder } from '../../testing/temporary-folder';
import { examine } from './examine';
import { printExamination } from './run';

const folder = temporaryFolder();

describe('diffir doctor', () => {
  it('tells of every backend, of the one auto takes, and of what is installed', async () => {
    const { code, stdout, stderr } = await runInFolder(['doctor'], { cwd: folder.path });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const id of ['webgpu', 'node', 'wasm', 'cpu']) {
      expect(stdout).toMatch(new RegExp(`^ {2}(works |absent) ${id}: .+$`, 'm'));
    }
    expect(stdout).toMatch(/^auto takes\n {2}\S+ \(.+\): best available/m);
    expect(stdout).toMatch(/^ {2}libvips +\d+\.\d+/m);
    expect(stdout).toContain('@diffir/tasks');
    expect(stdout).toMatch(/^ {2}inpaint +fills/m);
  });

  it('tells the same as JSON', async () => {
    const { stdout } = await runInFolder(['doctor', '--json'], { cwd: folder.path });
    expect(JSON.parse(stdout)).toMatchObject({
      versions: { node: process.versions.node, sharp: expect.any(String) },
      backends: expect.arrayContaining([
        expect.objectContaining({ id: 'cpu', available: true, device: 'plain JavaScript' }),
      ]),
      auto: { backend: expect.any(String), reason: expect.any(String) },
      tasks: expect.arrayContaining([{ id: 'deblur', description: expect.any(String) }]),
    });
  });
});

describe('where no backend works', () => {
  const broken = {
    id: 'broken',
    description: 'never works',
    rank: 1,
    probe: async () => ({ available: false, reason: 'it is broken', remedy: 'mend it' }) as const,
    start: async () => {
      throw new BackendUnavailableError({ problem: 'it is broken' });
    },
  };

  it('says so, with exit code 4', async () => {
    const examination = await examine(createRegistry([{ name: 'broken', backends: [broken] }]));
    const [stdout, stderr] = [capture(), capture()];
    const streams = { stdout: stdout.stream, stderr: stderr.stream, debug: false };
    expect(printExamination(examination, {}, streams)).toBe(4);
    expect(stdout.text()).toContain('  absent broken: it is broken; mend it');
    expect(stdout.text()).toContain('nothing: no backend runs here');
    expect(stderr.text()).toMatch(/^diffir: backend: none can run here; not broken: it is broken; [^\n]+\n$/);
  });
});
