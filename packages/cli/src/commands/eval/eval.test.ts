import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { describeShared, sharedPath } from '../../../../../tools/shared';
import { asSharp, testImage } from '../../testing/images';
import { runInFolder } from '../../testing/run-cli';
import { simpleNetwork } from '../../testing/simple-network';
import { temporaryFolder } from '../../testing/temporary-folder';
import { structureProblems } from '../../testing/well-formed-html';

const folder = temporaryFolder();
const evaluate = (...argv: string[]) => runInFolder(['eval', ...argv], { cwd: folder.path });
const read = (...names: string[]) => readFile(folder.file(...names), 'utf8');

/** Ground truth of three sizes, and images a little darker. */
async function writePairs(): Promise<void> {
  for (const [index, name] of ['a', 'b', 'c'].entries()) {
    const image = testImage({ width: 24 + index, height: 20 });
    const darker = { ...image, data: image.data.map((value) => Math.max(0, value - 4 - index)) };
    for (const [place, picture] of [
      ['gt', image],
      ['lq', darker],
    ] as const) {
      await mkdir(folder.file(place), { recursive: true });
      await asSharp(picture)
        .png()
        .toFile(folder.file(place, `${name}.png`));
    }
  }
}

/** Without the model's own `-q`: what is printed is looked at. */
async function network(name: 'identity' | 'blur' | 'failing'): Promise<string[]> {
  return (await simpleNetwork(name, folder.path)).filter((argument) => argument !== '-q');
}

const sets = ['--gt', 'gt', '--lq', 'lq'];
const reportFiles = ['report.csv', 'report.html', 'report.json', 'report.md'];

describe('diffir eval', () => {
  it('measures the input and a model side by side, and writes every kind of report', async () => {
    await writePairs();
    const { code, stdout, stderr } = await evaluate(...sets, ...(await network('identity')), '-o', 'out');
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(/^identity.*: backend cpu.*\n$/),
    });
    const [, , input, model] = stdout.split('\n');
    expect(input).toMatch(/^\| input \| 3\d\.\d\d \[/);
    expect(model?.replace('identity.safetensors', 'input')).toBe(input);
    expect((await readdir(folder.file('out'))).filter((name) => name.startsWith('report'))).toEqual(
      reportFiles,
    );
    expect((await read('out', 'report.csv')).split('\n')).toHaveLength(1 + 3 * 2 + 3 * 2 + 1);
    expect(await readdir(folder.file('out', 'restored'))).toHaveLength(1);
    const html = await read('out', 'report.html');
    expect(structureProblems(html)).toEqual([]);
    expect([...html.matchAll(/<img src="data:image\/webp;base64,/g)]).toHaveLength(9);
    expect(html).not.toMatch(/https?:/);
  });

  it('writes the same bytes twice, resumed or not', async () => {
    await writePairs();
    const command = [...sets, ...(await network('blur')), '--metrics', 'ssim,psnr'];
    const runs: string[][] = [];
    for (const more of [
      ['-o', 'one'],
      ['-o', 'one'],
      ['-o', 'two', '--no-resume'],
    ]) {
      expect((await evaluate(...command, ...more)).code).toBe(0);
      runs.push(await Promise.all(reportFiles.map((name) => read(more[1] ?? '', name))));
    }
    expect(runs[1]).toEqual(runs[0]);
    expect(runs[2]).toEqual(runs[0]);
  });

  it('resumes: what is done is not done again, what has changed is', async () => {
    await writePairs();
    const command = [...sets, ...(await network('blur')), '-o', 'out', '--json'];
    const first = await evaluate(...command);
    expect(first.code).toBe(0);
    // From here on the network must not run.
    const plugin = (await read('blur.plugin.mjs')).replace(
      /restore: [^}]*\}\)/,
      "restore: () => { throw new Error('it ran') } })",
    );
    expect(plugin).toContain('it ran');
    await writeFile(folder.file('again.plugin.mjs'), plugin);
    const again = command.map((argument) => argument.replace('./blur.plugin', './again.plugin'));
    expect((await evaluate(...again)).stdout).toBe(first.stdout);
    await rm(folder.file('out', 'restored', 'blur.safetensors', 'b.png'), { force: true });
    const missing = await evaluate(...again);
    expect(missing.code).toBe(1);
    expect(missing.stderr).toMatch(/b\.png: .*it ran/);
    expect(missing.stderr).not.toMatch(/[ac]\.png/);
    expect((await evaluate(...again, '--no-resume')).stderr.match(/it ran/g)).toHaveLength(3);
  });

  it('measures again what was measured with other settings, or on other images', async () => {
    await writePairs();
    const run = async (...more: string[]) => {
      const before = await read('out', 'results.jsonl').catch(() => '');
      expect((await evaluate(...sets, '-o', 'out', '-q', ...more)).code).toBe(0);
      return (await read('out', 'results.jsonl')).slice(before.length).split('\n').length - 1;
    };
    expect(await run()).toBe(3);
    expect(await run()).toBe(0);
    expect(await run('--border', '1')).toBe(3);
    await asSharp(testImage({ width: 24, height: 20 }))
      .png()
      .toFile(folder.file('lq', 'a.png'));
    expect(await run()).toBe(1);
    expect(await run('--no-resume')).toBe(3);
  });

  it('names an image that fails, leaves it out for all, and goes on', async () => {
    await writePairs();
    await writeFile(folder.file('lq', 'b.png'), 'no image');
    const { code, stdout, stderr } = await evaluate(...sets, ...(await network('identity')), '--json');
    expect(code).toBe(1);
    expect(stderr.match(/lq\/b\.png: /g)).toHaveLength(1);
    const report = JSON.parse(stdout);
    expect(report.images.map((image: { name: string }) => image.name)).toEqual(['a.png', 'c.png']);
    expect(report.failures).toHaveLength(2);
  });

  it('writes single reports, and replaces them only when told to', async () => {
    await writePairs();
    const command = [...sets, '--report', 'r/scores.csv', '--report', 'page.html'];
    expect((await evaluate(...command)).code).toBe(0);
    expect(await read('r', 'scores.csv')).toMatch(/^image,model,psnr,ssim\na\.png,input,3/);
    expect(await readdir(folder.path)).not.toContain('restored');
    const refused = await evaluate(...command);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/^diffir: r\/scores\.csv: it exists already; use --overwrite/);
    expect((await evaluate(...command, '--overwrite')).code).toBe(0);
  });

  it('makes low-quality images by a recipe, as diffir degrade does', async () => {
    await writePairs();
    const made = ['degrade', 'gt', '-o', 'made', '--seed', '7'];
    expect((await runInFolder(made, { cwd: folder.path })).code).toBe(0);
    const scores = async (...from: string[]) => {
      const { code, stdout } = await evaluate('--gt', 'gt', ...from, '--json');
      expect(code).toBe(0);
      return JSON.parse(stdout).images;
    };
    expect(await scores('--degrade', 'camera-shake', '--seed', '7')).toEqual(await scores('--lq', 'made'));
  });

  it('compares super-resolution with the input enlarged', async () => {
    await writePairs();
    const double = (await simpleNetwork('double', folder.path)).filter((argument) => argument !== '-q');
    const bicubic = ['--gt', 'gt', '--degrade', 'bicubic', '--scale', '2', '--protocol', 'paper-sr'];
    const { code, stdout } = await evaluate(...bicubic, '--metrics', 'psnr,ssim', ...double);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\| double.safetensors \| \d\d\.\d\d /m);
    expect(stdout).toMatch(/^PSNR \(dB\) ↑: channel y, border 4, samples 8-bit\.$/m);
    const wrong = await evaluate('--gt', 'gt', '--degrade', 'bicubic', '--scale', '4', ...double);
    expect(wrong.stderr).toMatch(
      /^diffir: double\.safetensors: it enlarges ×2, and the ground truth is ×4 /m,
    );
    expect(wrong.code).toBe(3);
  });

  it.each([
    ['no low-quality images', ['--gt', 'gt'], 2, /--gt: .*; give --lq or --degrade/],
    ['an unknown metric', [...sets, '--metrics', 'vmaf'], 2, /vmaf: unknown metric; known: dists, fid/],
    ['a metric twice', [...sets, '--metrics', 'psnr,psnr'], 2, /psnr is named twice/],
    ['an unknown protocol', [...sets, '--protocol', 'x'], 2, /x: unknown protocol; known: paper-/],
    ['an unknown recipe', ['--gt', 'gt', '--degrade', 'x'], 2, /x: unknown recipe; known: camera-shake/],
    [
      'a recipe that needs kernels',
      ['--gt', 'gt', '--degrade', 'kernels'],
      2,
      /make the images with diffir degrade/,
    ],
    ['both sources', [...sets, '--degrade', 'camera-shake'], 2, /cannot be used with option/],
    ['a report of no kind', [...sets, '--report', 'a.txt'], 2, /a\.txt: .*; use \.html/],
    ['missing weights', [...sets, '--metrics', 'lpips'], 3, /lpips-alex: .*; get torchvision's alexnet/],
    ['an unknown model', [...sets, '--model', 'nobody'], 3, /nobody: unknown model/],
    ['a model twice', [...sets, '--model', 'deblur', '--model', 'deblur-small'], 2, /measured already/],
    ['no masks', [...sets, '--task', 'inpaint'], 2, /it needs masks; give --mask/],
  ])('refuses %s', async (_, argv, exitCode, message) => {
    await writePairs();
    const { code, stdout, stderr } = await evaluate(...argv);
    expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^diffir: [^\n]+\n$/);
  });

  it('stops when interrupted and keeps what is done', async () => {
    await writePairs();
    const interrupted = new AbortController();
    interrupted.abort();
    const { code } = await runInFolder(['eval', ...sets], { cwd: folder.path, signal: interrupted.signal });
    expect(code).toBe(130);
  });
});

describeShared('diffir eval by the protocol of super-resolution', () => {
  it('gives the reference scores of Set5, enlarged bicubically', { timeout: 240_000 }, async () => {
    const expected = JSON.parse(await readFile(sharedPath('data', 'metrics', 'expected.json'), 'utf8'));
    const { code, stdout } = await evaluate(
      ...['--gt', sharedPath('data/set5/HR'), '--lq', sharedPath('data/set5/bicubic_x4')],
      ...[
        '--lq-suffix',
        '_bicubic_x4',
        '--protocol',
        'paper-sr',
        '--metrics',
        'psnr,ssim,lpips,lpips-squeeze',
      ],
      ...['--metric-weights', sharedPath('data/metrics'), '--backend', 'wasm', '--json'],
    );
    expect(code).toBe(0);
    const { images } = JSON.parse(stdout);
    expect(images).toHaveLength(5);
    for (const { name, scores } of images) {
      const reference = expected.images[name.replace('.png', '')];
      // Both in double precision, but for the luma's coefficients: 1e-6 dB is where they end.
      expect(scores.input.psnr).toBeCloseTo(reference.psnr_y_crop4, 6);
      // The reference SSIM is computed in single precision.
      expect(scores.input.ssim).toBeCloseTo(reference.ssim_y_crop4, 5);
      // Single-precision networks; the reference ran on another library.
      expect(scores.input.lpips).toBeCloseTo(reference.lpips_alex, 4);
      expect(scores.input['lpips-squeeze']).toBeCloseTo(reference.lpips_squeeze, 4);
    }
  });

  it('enlarges the small images itself to the same scores but for rounding', async () => {
    const { code, stdout } = await evaluate(
      ...['--gt', sharedPath('data/set5/HR'), '--lq', sharedPath('data/set5/LR_bicubic_x4')],
      ...['--lq-suffix', 'x4', '--scale', '4', '--protocol', 'paper-sr', '--metrics', 'psnr', '--json'],
    );
    expect(code).toBe(0);
    const expected = JSON.parse(await readFile(sharedPath('data', 'metrics', 'expected.json'), 'utf8'));
    for (const { name, scores } of JSON.parse(stdout).images) {
      // Values halfway between two levels are rounded either way.
      expect(scores.input.psnr).toBeCloseTo(expected.images[name.replace('.png', '')].psnr_y_crop4, 2);
    }
  });
});
