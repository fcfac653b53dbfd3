import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { type TensorToWrite, writeSafetensors } from '@diffir/core';
import { hashedInception } from '@diffir/metrics/testing/hashed-inception';
import { describe, expect, it } from 'vitest';
import { asSharp } from '../../testing/images';
import { runInFolder } from '../../testing/run-cli';
import { simpleNetwork } from '../../testing/simple-network';
import { temporaryFolder } from '../../testing/temporary-folder';

const folder = temporaryFolder();
const evaluate = (...argv: string[]) => runInFolder(['eval', ...argv], { cwd: folder.path });

/** Two pictures full of detail, and a folder for weights. */
async function prepare(): Promise<void> {
  for (const place of ['gt', 'weights']) await mkdir(folder.file(place));
  for (const [index, name] of ['a.png', 'b.png'].entries()) {
    const data = Uint8Array.from({ length: 24 * 20 * 3 }, (_, at) => (at * at * (7 + index)) % 256);
    await asSharp({ data, width: 24, height: 20, channels: 3 }).png().toFile(folder.file('gt', name));
  }
}

/** An Inception network of made-up weights, under the name it is looked for. */
async function writeInception(): Promise<void> {
  const tensors: TensorToWrite[] = [];
  for (const [name, { shape, loadBytes }] of hashedInception().stateDict) {
    tensors.push({ name, dtype: 'f32', shape, bytes: loadBytes });
  }
  await writeFile(folder.file('weights', 'inception-fid.safetensors'), writeSafetensors(tensors));
}

interface FidScore {
  readonly value: number;
  readonly settings: { readonly restoredCount: number };
}

describe('diffir eval --metrics fid', () => {
  // Eight passes through Inception, and 87 MB of weights made, written and read.
  it('is 0 for a set with itself, but not for what a model made of it', { timeout: 240_000 }, async () => {
    await prepare();
    await writeInception();
    // The network of the metric would take minutes on the backend that the model is asked for with.
    const model = (await simpleNetwork('blur', folder.path)).filter(
      (each) => !/^(--backend|cpu|-q)$/.test(each),
    );
    const { code, stdout } = await evaluate(
      ...['--gt', 'gt', '--lq', 'gt', ...model, '--metrics', 'psnr,fid', '--metric-weights', 'weights'],
      ...['--backend', 'wasm', '--json', '-o', 'out'],
    );
    expect(code).toBe(0);
    const report = JSON.parse(stdout);
    const [same, blurred]: FidScore[] = report.models.map(
      ({ scores }: { scores: { fid: FidScore } }) => scores.fid,
    );
    expect(blurred?.value).toBeGreaterThan(0.01);
    // Sums of two thousand features in double precision, as large as those of the distance to other images.
    expect(Math.abs(same?.value ?? Number.NaN) / (blurred?.value ?? 0)).toBeLessThan(1e-6);
    expect(report.metrics[1]).toMatchObject({
      key: 'fid',
      better: 'lower',
      settings: { restoredCount: 2, referenceCount: 2, weights: 'inception-fid.safetensors' },
    });
    // A score of sets has no place among those of images.
    expect(Object.keys(report.images[0].scores.input)).toEqual(['psnr']);
    expect(await readFile(folder.file('out', 'report.md'), 'utf8')).toMatch(/\| FID ↓ \|/);
  });

  it('says in one line which weights are missing', async () => {
    await prepare();
    const { code, stdout, stderr } = await evaluate(
      ...['--gt', 'gt', '--lq', 'gt', '--metrics', 'fid', '--metric-weights', 'weights'],
    );
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(
      /^diffir: inception-fid: its weights are not in weights; get pt_inception-2015-12-05-\w+\.pth[^\n]*\n$/,
    );
  });
});
