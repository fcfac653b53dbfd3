import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { runInFolder } from '../../testing/run-cli';
import { temporaryFolder } from '../../testing/temporary-folder';

const folder = temporaryFolder();
const plugin = `export const plugin = {
  name: 'painter',
  models: [{
    id: 'painter-net',
    description: 'paints',
    detect: async () => undefined,
    pretrained: [{
      name: 'painter-small', task: 'deblur', description: 'small', scale: 2,
      url: new URL('file:///painter.safetensors'), bytes: 3 * 2 ** 20, licence: 'MIT', scores: { PSNR: '30 dB' },
    }],
  }],
};`;

describe('diffir models', () => {
  it('lists pretrained models, architectures and presets', async () => {
    const { code, stdout, stderr } = await runInFolder(['models'], { cwd: folder.path });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^pretrained models .*$/m);
    expect(stdout).toMatch(/^ {2}diffir-s2 +DiffIR, stage 2/m);
    expect(stdout).toMatch(/^ {2}motion-deblurring +motion deblurring$/m);
  });

  it('lists what the authors publish, with where to get it and what the paper says of it', async () => {
    const text = await runInFolder(['models'], { cwd: folder.path });
    expect(text.stdout).toMatch(
      /^ {2}motion-deblurring +deblur +×1 +GoPro: PSNR 33\.20 dB, SSIM 0\.963 +https:\S+$/m,
    );
    const { stdout } = await runInFolder(['models', '--json'], { cwd: folder.path });
    expect(JSON.parse(stdout)).toMatchObject({
      published: expect.arrayContaining([expect.objectContaining({ preset: 'sr-x4', scale: 4, task: 'sr' })]),
    });
  });

  it("lists a plugin's models like its own, as text and as JSON", async () => {
    await writeFile(folder.file('painter.mjs'), plugin);
    const text = await runInFolder(['models', '--plugin', './painter.mjs'], { cwd: folder.path });
    expect(text.stdout).toMatch(/^ {2}painter-small +deblur +×2 +3\.0 MiB +MIT +PSNR 30 dB$/m);
    const json = await runInFolder(['models', '--plugin', './painter.mjs', '--json'], { cwd: folder.path });
    const expected = { name: 'painter-small', url: 'file:///painter.safetensors', bytes: 3 * 2 ** 20 };
    expect(JSON.parse(json.stdout)).toMatchObject({
      pretrained: expect.arrayContaining([expect.objectContaining(expected)]),
      architectures: expect.arrayContaining([{ id: 'painter-net', description: 'paints', presets: [] }]),
    });
  });
});
