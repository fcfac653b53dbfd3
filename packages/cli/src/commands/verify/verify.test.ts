import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { describeShared, sharedPath } from '../../../../../tools/shared';
import { runInFolder } from '../../testing/run-cli';
import { temporaryFolder } from '../../testing/temporary-folder';

const folder = temporaryFolder();
const verify = (...argv: string[]) => runInFolder(['verify', ...argv], { cwd: folder.path });

describe('diffir verify', () => {
  it('refuses an unknown model and an unknown backend', async () => {
    expect(await verify('--model', 'nothing', '--expected', 'a')).toMatchObject({ code: 3, stdout: '' });
    const backend = await verify('--model', 'a.pth', '--expected', 'b.safetensors', '--backend', 'abacus');
    expect(backend).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('unknown backend'),
    });
  });
});

describeShared('diffir verify', () => {
  const model = sharedPath('parity/deblur-tiny/stage2.pth');
  const expected = sharedPath('parity/deblur-tiny/expected.safetensors');

  it('prints one line of JSON and passes on the recorded results', async () => {
    const { code, stdout, stderr } = await verify(
      '--model',
      model,
      '--expected',
      expected,
      '--backend',
      'wasm',
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^[^\n]+\n$/);
    const error = expect.any(Number);
    expect(JSON.parse(stdout)).toEqual({
      backend: 'wasm',
      maxAbs: { condition: error, ipr: error, output: error },
      ok: true,
    });
  });

  it('fails where the results differ more than the tolerance', async () => {
    const strict = ['--tolerance', '0', '--backend', 'wasm'];
    const { code, stdout } = await verify('--model', model, '--expected', expected, ...strict);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false });
  });

  it('refuses a recording that is none', async () => {
    const foreign = await verify('--model', model, '--expected', model, '--backend', 'wasm');
    expect(foreign).toMatchObject({
      code: 3,
      stdout: '',
      stderr: expect.stringContaining('no tensor "input"'),
    });
    await writeFile(folder.file('text.safetensors'), 'nothing');
    const text = await verify('--model', model, '--expected', 'text.safetensors', '--backend', 'wasm');
    expect(text).toMatchObject({ code: 3, stdout: '' });
  });
});
