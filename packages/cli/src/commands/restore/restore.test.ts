import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRegistry } from '@diffir/core';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { describeShared, sharedPath } from '../../../../../tools/shared';
import { builtinPlugins } from '../../plugins/builtin-plugins';
import { asSharp, testImage } from '../../testing/images';
import { runInFolder } from '../../testing/run-cli';
import { temporaryFolder } from '../../testing/temporary-folder';

const folder = temporaryFolder();
const [shipped] = createRegistry(builtinPlugins).pretrained;
const shippedWeights = shipped?.url ?? '';
const restore = (...argv: string[]) => runInFolder(['restore', ...argv], { cwd: folder.path });

async function writeImage(name: string, options: Parameters<typeof testImage>[0] = {}): Promise<void> {
  await asSharp(testImage(options)).toFile(folder.file(name));
}

async function sizeOf(name: string) {
  const { width, height, channels, depth } = await sharp(folder.file(name)).metadata();
  return { width, height, channels, depth };
}

describe('diffir restore, before any work', () => {
  it.each([
    {
      argv: ['--task', 'paint'],
      code: 2,
      problem: 'paint: unknown task; known: deblur, inpaint, real-sr, sr',
    },
    { argv: ['--model', 'nothing'], code: 3, problem: 'nothing: unknown model; known: ' },
    { argv: ['--model', 'no.pth'], code: 3, problem: 'no.pth' },
    {
      argv: ['--plugin', './no-plugin.mjs'],
      code: 3,
      problem: './no-plugin.mjs: no such plugin file or package',
    },
    { argv: ['--plugin', 'no-plugin'], code: 3, problem: 'no-plugin: no such plugin file or package' },
  ])('refuses $argv with exit code $code', async ({ argv, code, problem }) => {
    await writeImage('a.png');
    const result = await restore('a.png', '-o', 'out/b.png', ...argv);
    expect(result).toMatchObject({ code, stdout: '' });
    expect(result.stderr).toMatch(/^diffir: [^\n]+\n$/);
    expect(result.stderr).toContain(problem);
    expect(await readdir(folder.path)).toEqual(['a.png']);
  });
});

describe('diffir restore', () => {
  const model = ['--model', 'deblur-small', '--backend', 'wasm'];

  it('deblurs where nothing else is asked for', async () => {
    await writeImage('a.png');
    const { code, stdout } = await restore('a.png', '-o', 'b.png', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ output: 'b.png', model: 'deblur-small' });
  });

  it('restores one image into a file and says on which backend', async () => {
    await writeImage('a.png');
    const { code, stdout, stderr } = await restore('a.png', '-o', 'deep/b.webp', ...model);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toMatch(/^backend: wasm [^\n]+\n$/);
    expect(await sizeOf('deep/b.webp')).toMatchObject({ width: 24, height: 16 });
    expect(await readdir(folder.file('deep'))).toEqual(['b.webp']);
  });

  it('gives the same bytes again, other bytes for another seed', async () => {
    // A whole photo: the noise moves the picture by less than a level, so a few pixels might not show it.
    await copyFile(
      new URL('../../../../../examples/images/blurred.png', import.meta.url),
      folder.file('a.png'),
    );
    await restore('a.png', '-o', '1.png', ...model, '-q');
    await restore('a.png', '-o', '2.png', ...model, '-q', '--seed', '0');
    await restore('a.png', '-o', '3.png', ...model, '-q', '--seed', '1');
    const [first, second, third] = await Promise.all(
      ['1', '2', '3'].map((n) => readFile(folder.file(`${n}.png`))),
    );
    expect(second).toEqual(first);
    expect(third).not.toEqual(first);
  });

  it('keeps what kind of picture it is', async () => {
    await writeImage('gray.png', { channels: 1 });
    await writeImage('deep.png', { channels: 4, sixteenBit: true });
    expect((await restore('gray.png', 'deep.png', '-o', 'out', ...model)).code).toBe(0);
    expect(await sizeOf('out/gray.png')).toEqual({ width: 24, height: 16, channels: 1, depth: 'uchar' });
    expect(await sizeOf('out/deep.png')).toEqual({ width: 24, height: 16, channels: 4, depth: 'ushort' });
  });

  it('works through folders, does what it can, names what fails, and exits with 1', async () => {
    await mkdir(folder.file('in', 'deep'), { recursive: true });
    await writeImage('in/a.png');
    await writeImage('in/deep/b.v2.jpg');
    await writeFile(folder.file('in/empty.jpg'), '');
    await writeFile(folder.file('in/text.png'), 'not an image');
    await writeFile(folder.file('in/cut.png'), (await readFile(folder.file('in/a.png'))).subarray(0, 100));
    const result = await restore('in', 'missing.png', '-o', 'out', '--recursive', '--json', ...model);
    expect(result.code).toBe(1);
    const lines = result.stdout
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(lines).toContainEqual({
      input: 'in/a.png',
      output: 'out/a.png',
      width: 24,
      height: 16,
      seconds: expect.any(Number),
      backend: 'wasm',
      model: 'deblur-small',
    });
    for (const [name, problem] of [
      ['in/empty.jpg', 'the file is empty'],
      ['in/text.png', 'it is no image that diffir reads'],
      ['in/cut.png', 'damaged or cut short'],
      ['missing.png', 'no such file or folder'],
    ]) {
      expect(lines).toContainEqual(
        expect.objectContaining({ input: name, error: expect.stringContaining(`${name}: `) }),
      );
      expect(result.stderr).toMatch(new RegExp(`^diffir: ${name}: .*${problem}.*$`, 'm'));
    }
    expect(lines).toHaveLength(6);
    expect((await readdir(folder.file('out'), { recursive: true })).sort()).toEqual([
      'a.png',
      'deep',
      'deep/b.v2.jpg',
    ]);
  });

  it('tells of images in their order, though some fail while others are worked on', async () => {
    await mkdir(folder.file('in'));
    for (const name of ['a.png', 'c.png', 'e.png']) await writeImage(`in/${name}`);
    for (const name of ['b.png', 'd.png']) await writeFile(folder.file('in', name), 'not an image');
    const { code, stdout, stderr } = await restore('in', '-o', 'out', '--json', ...model);
    expect(code).toBe(1);
    const inputs = stdout
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line).input);
    expect(inputs).toEqual(['in/a.png', 'in/b.png', 'in/c.png', 'in/d.png', 'in/e.png']);
    expect([...stderr.matchAll(/in\/(\w)\.png: it is no image/g)].map(([, name]) => name)).toEqual([
      'b',
      'd',
    ]);
    expect((await readdir(folder.file('out'))).sort()).toEqual(['a.png', 'c.png', 'e.png']);
  });

  it('does not touch existing results without being told to', async () => {
    await writeImage('a.png');
    await writeFile(folder.file('b.png'), 'old');
    const refused = await restore('a.png', '-o', 'b.png', ...model);
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('b.png: it exists already; use --ov'),
    });
    const skipped = await restore('a.png', '-o', 'b.png', '--skip-existing', '--json', ...model);
    expect(skipped).toEqual({
      code: 0,
      stdout: '{"input":"a.png","output":"b.png","skipped":true}\n',
      stderr: '',
    });
    expect(await readFile(folder.file('b.png'), 'utf8')).toBe('old');
    expect((await restore('a.png', '-o', 'b.png', '--overwrite', '-q', ...model)).code).toBe(0);
    expect((await sizeOf('b.png')).width).toBe(24);
    expect((await restore('a.png', '-o', 'a.png', '-q', ...model)).code).toBe(2);
    expect((await restore('a.png', '-o', 'a.png', '--overwrite', '-q', ...model)).code).toBe(0);
  });

  it('fails the image, not the run, where its result cannot be written', async () => {
    await writeImage('a.png', { channels: 4 });
    await writeImage('b.png');
    await writeFile(folder.file('unwritable'), '');
    const transparent = await restore('a.png', 'b.png', '-o', 'out', '--format', 'jpeg', ...model);
    expect(transparent.code).toBe(1);
    expect(transparent.stderr).toContain('a.jpg: jpeg cannot hold the transparency');
    expect(await readdir(folder.file('out'))).toEqual(['b.jpg']);
    const unwritable = await restore('b.png', '-o', 'unwritable/b.png', ...model);
    expect(unwritable.code).toBe(1);
    expect(unwritable.stderr).toMatch(/^diffir: unwritable\/b.png: cannot be written: .*$/m);
  });

  it('refuses a model for another task, an unknown backend, and a mask nobody asked for', async () => {
    await writeImage('a.png');
    const misused = await restore('a.png', '-o', 'b.png', ...model, '--task', 'sr');
    expect(misused).toMatchObject({ code: 3, stderr: expect.stringContaining('motion deblurring') });
    const backend = await restore('a.png', '-o', 'b.png', '--backend', 'abacus');
    expect(backend.code).toBe(2);
    expect(backend.stderr).toContain('abacus: unknown backend; known: auto, cpu, node, onnx, wasm, webgpu');
    const mask = await restore('a.png', '-o', 'b.png', ...model, '--mask', 'a.png');
    expect(mask).toMatchObject({ code: 2, stderr: expect.stringContaining('takes no mask') });
    expect(await readdir(folder.path)).toEqual(['a.png']);
  });

  it('refuses a truncated checkpoint with exit code 3', async () => {
    await writeImage('a.png');
    await writeFile(folder.file('cut.safetensors'), (await readFile(shippedWeights)).subarray(0, 100_000));
    const { code, stderr } = await restore('a.png', '-o', 'b.png', '--model', 'cut.safetensors');
    expect(code).toBe(3);
    expect(stderr).toMatch(/^diffir: [^\n]*cut.safetensors[^\n]+\n$/);
  });

  it('stops when interrupted, with exit code 130 and no debris', async () => {
    await writeImage('a.png');
    await writeImage('b.png');
    const controller = new AbortController();
    const running = runInFolder(['restore', 'a.png', 'b.png', '-o', 'out', '--json', ...model], {
      cwd: folder.path,
      signal: controller.signal,
    });
    controller.abort();
    const { code, stdout, stderr } = await running;
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(stderr).toMatch(/diffir: interrupted\n$/);
    expect((await readdir(folder.path)).sort()).toEqual(['a.png', 'b.png']);
  });

  it('reads defaults from the configuration, which the command line overrides', async () => {
    await writeImage('a.png');
    const config = { model: 'deblur-small', backend: 'wasm', format: 'webp', suffix: '_x' };
    await writeFile(folder.file('diffir.config.json'), JSON.stringify(config));
    expect((await restore('a.png', '-o', 'out', '-q')).code).toBe(0);
    expect((await restore('a.png', '-o', 'out', '-q', '--format', 'keep', '--suffix', '_y')).code).toBe(0);
    expect((await readdir(folder.file('out'))).sort()).toEqual(['a_x.webp', 'a_y.png']);
    expect((await restore('a.png', '-o', 'b.jpg', '-q')).code).toBe(0);
    await rm(folder.file('diffir.config.json'));
  });
});

describeShared('diffir restore with a ×4 model', () => {
  const model = ['--model', sharedPath('parity/srgan-x4-tiny/stage2.pth'), '--backend', 'wasm', '-q'];

  it('enlarges four times, or to the size asked for', async () => {
    await writeImage('a.png', { width: 9, height: 7 });
    expect((await restore('a.png', '-o', '4.png', ...model)).code).toBe(0);
    expect(await sizeOf('4.png')).toMatchObject({ width: 36, height: 28 });
    expect((await restore('a.png', '-o', '2.png', ...model, '--outscale', '2')).code).toBe(0);
    expect(await sizeOf('2.png')).toMatchObject({ width: 18, height: 14 });
    expect((await restore('a.png', '-o', '3.png', ...model, '--outscale', '1.5')).code).toBe(0);
    expect(await sizeOf('3.png')).toMatchObject({ width: 14, height: 11 });
  });

  it('is refused for deblurring', async () => {
    await writeImage('a.png');
    const { code, stderr } = await restore('a.png', '-o', 'b.png', ...model, '--task', 'deblur');
    expect(code).toBe(3);
    expect(stderr).toContain('super-resolution ×4');
  });
});

describeShared('diffir restore with an inpainting model', () => {
  const model = ['--model', sharedPath('parity/inpainting-tiny/lightning.ckpt'), '--backend', 'wasm', '-q'];

  async function writeMask(name: string, width: number, height: number): Promise<void> {
    const data = Uint8Array.from({ length: width * height }, (_, index) =>
      index % width < width / 2 ? 255 : 0,
    );
    await asSharp({ data, width, height, channels: 1 }).toFile(folder.file(name));
  }

  it('changes only what the mask marks', async () => {
    await writeImage('a.png');
    await writeMask('mask.png', 24, 16);
    const { code, stderr } = await restore('a.png', '-o', 'b.png', ...model, '--mask', 'mask.png');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [before, after] = await Promise.all(
      ['a.png', 'b.png'].map((name) =>
        sharp(folder.file(name)).extract({ left: 12, top: 0, width: 12, height: 16 }).raw().toBuffer(),
      ),
    );
    expect(after).toEqual(before);
    const whole = await Promise.all(
      ['a.png', 'b.png'].map((name) => sharp(folder.file(name)).raw().toBuffer()),
    );
    expect(whole[1]).not.toEqual(whole[0]);
  });

  it('changes only the other side with --invert-mask', async () => {
    await writeImage('a.png');
    await writeMask('mask.png', 24, 16);
    await restore('a.png', '-o', 'b.png', ...model, '--mask', 'mask.png', '--invert-mask');
    const [before, after] = await Promise.all(
      ['a.png', 'b.png'].map((name) =>
        sharp(folder.file(name)).extract({ left: 0, top: 0, width: 12, height: 16 }).raw().toBuffer(),
      ),
    );
    expect(after).toEqual(before);
  });

  it('takes masks from a folder and fails images whose mask is missing or of another size', async () => {
    await mkdir(folder.file('masks'));
    for (const name of ['a.png', 'b.png', 'c.png']) await writeImage(name);
    await writeMask('masks/a.jpg', 24, 16);
    await writeMask('masks/b.png', 10, 10);
    const { code, stderr } = await restore(
      'a.png',
      'b.png',
      'c.png',
      '-o',
      'out',
      ...model,
      '--mask',
      'masks',
    );
    expect(code).toBe(1);
    expect(stderr).toContain('diffir: b.png: mask: it is 10×10 and the image 24×16');
    expect(stderr).toContain('c.png: masks holds no mask named like it');
    expect(await readdir(folder.file('out'))).toEqual(['a.png']);
  });

  it('is refused without a mask', async () => {
    await writeImage('a.png');
    const { code, stderr } = await restore('a.png', '-o', 'b.png', ...model);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('it needs a mask') });
  });
});
