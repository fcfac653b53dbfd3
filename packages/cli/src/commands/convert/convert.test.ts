import { createHash } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { openCheckpoint } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { describeShared, sharedPath } from '../../../../../tools/shared';
import { nodeHost } from '../../io/node-host';
import { runInFolder } from '../../testing/run-cli';
import { temporaryFolder } from '../../testing/temporary-folder';

const folder = temporaryFolder();
const convert = (...argv: string[]) => runInFolder(['convert', ...argv], { cwd: folder.path });

/** Names, types, shapes and a digest of the values. */
async function load(path: string) {
  const checkpoint = await openCheckpoint(await nodeHost(folder.path).openSource(path));
  const { stateDict, format } = checkpoint;
  const tensors = [...stateDict].map(async ([name, tensor]) => {
    const values = new Uint8Array((await tensor.load()).slice().buffer);
    return {
      name,
      type: tensor.dtype,
      shape: tensor.shape,
      digest: createHash('sha256').update(values).digest('hex'),
    };
  });
  const loaded = await Promise.all(tensors);
  await checkpoint.close();
  return { format, tensors: loaded.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

describe('diffir convert', () => {
  it('refuses other kinds of output, and a missing input', async () => {
    const wrong = await convert('a.pth', 'b.onnx');
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('use .safetensors or .pth') });
    const missing = await convert('a.pth', 'b.pth');
    expect(missing).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/^diffir: [^\n]*a.pth[^\n]+\n$/),
    });
    expect(await readdir(folder.path)).toEqual([]);
  });
});

describeShared('diffir convert', () => {
  const original = sharedPath('parity/deblur-tiny/stage2.pth');

  it('goes both ways without changing a bit', async () => {
    const there = await convert(original, 'a.safetensors');
    expect(there).toMatchObject({ code: 0, stderr: '' });
    expect(there.stdout).toMatch(
      /^a.safetensors: [\d,]+ tensors, [\d,]+ values, f32, [\d.]+ MiB \([^\n]+\)\n$/,
    );
    expect((await convert('a.safetensors', 'b.pth')).code).toBe(0);
    const [before, between, after] = [await load(original), await load('a.safetensors'), await load('b.pth')];
    expect([between.format, after.format]).toEqual(['safetensors', 'zip']);
    expect(between.tensors).toEqual(before.tensors);
    expect(after.tensors).toEqual(before.tensors);
  });

  it('halves the file with f16', async () => {
    await convert(original, 'full.safetensors');
    const { stdout } = await convert(original, 'half.safetensors', '--dtype', 'f16');
    expect(stdout).toContain('f16');
    const [full, half] = await Promise.all(
      ['full', 'half'].map((name) => stat(folder.file(`${name}.safetensors`))),
    );
    expect(half?.size).toBeLessThan((full?.size ?? 0) * 0.55);
    const { tensors } = await load('half.safetensors');
    // Vectors take no room and stay exact.
    for (const { type, shape } of tensors) expect(type).toBe(shape.length > 1 ? 'f16' : 'f32');
  });

  it('takes the generator out of a Lightning checkpoint, and the result restores the same', async () => {
    const lightning = sharedPath('parity/inpainting-tiny/lightning.ckpt');
    expect((await convert(lightning, 'a.safetensors')).code).toBe(0);
    const { code, stdout } = await runInFolder(['inspect', 'a.safetensors'], { cwd: folder.path });
    expect(code).toBe(0);
    expect(stdout).toMatch(/purpose +inpainting/);
  });

  it('does not replace a file without being told to', async () => {
    await writeFile(folder.file('a.pth'), 'old');
    expect(await convert(original, 'a.pth')).toMatchObject({
      code: 1,
      stderr: 'diffir: a.pth: it exists already; use --overwrite, or another output\n',
    });
    expect(await readFile(folder.file('a.pth'), 'utf8')).toBe('old');
    expect((await convert(original, 'a.pth', '--overwrite')).code).toBe(0);
    expect((await load('a.pth')).format).toBe('zip');
  });

  it('leaves nothing behind when the input is damaged', async () => {
    await writeFile(folder.file('cut.pth'), (await readFile(original)).subarray(0, 500_000));
    const { code, stderr } = await convert('cut.pth', 'b.safetensors');
    expect(code).toBe(3);
    expect(stderr).toMatch(/^diffir: [^\n]*cut.pth[^\n]+\n$/);
    expect(await readdir(folder.path)).toEqual(['cut.pth']);
  });
});
