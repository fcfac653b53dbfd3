import { type Image, OptionError } from '@diffir/core';
import { memory } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { lpipsNetwork } from '../lpips/lpips-network';
import { protocols } from '../protocols/protocols';
import { psnr } from '../psnr/psnr';
import { ssim } from '../ssim/ssim';
import { hashedWeights } from '../testing/hashed-weights';
import { randomImage } from '../testing/random-image';
import { startWasm } from '../testing/wasm';
import { createEvaluation } from './create-evaluation';
import { weightFileOf } from './metric-request';

const reference = randomImage(1, { width: 50, height: 43 });
const restored = randomImage(2, { width: 48, height: 40 });

/** The part of the reference that the restored image shows. */
function cropped({ data, ...image }: Image): Image {
  const rows = Array.from({ length: 40 }, (_, y) => Array.from(data.subarray(y * 150, y * 150 + 144)));
  return { ...image, data: Uint8Array.from(rows.flat()), width: 48, height: 40 };
}

describe('createEvaluation', () => {
  it('gives the scores of each image in the order asked for', async () => {
    const backend = await startWasm();
    const before = memory().numTensors;
    const evaluation = await createEvaluation({
      metrics: [
        { metric: 'ssim' },
        { metric: 'lpips', settings: { backbone: 'squeeze' } },
        { metric: 'psnr', settings: { channel: 'y', border: 4 } },
      ],
      backend,
      weights: async (id) =>
        id === 'lpips-squeeze' ? hashedWeights((p) => lpipsNetwork(p, 'squeeze')) : undefined,
      modCrop: 8,
    });
    const scores = await evaluation.measure({ restored, reference });
    expect(scores.map(({ metric }) => metric)).toEqual(['ssim', 'lpips', 'psnr']);
    expect(scores[0]).toEqual(ssim(cropped(reference), restored));
    expect(scores[1]?.settings).toMatchObject({ backbone: 'squeeze', samples: '8-bit' });
    expect(scores[2]).toEqual(psnr(cropped(reference), restored, { channel: 'y', border: 4 }));
    expect(evaluation.finish()).toEqual([]);
    evaluation.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('names a weight file that is missing before any image is read, and frees what was loaded', async () => {
    const backend = await startWasm();
    const before = memory().numTensors;
    const starting = createEvaluation({
      metrics: [{ metric: 'lpips', settings: { backbone: 'squeeze' } }, { metric: 'niqe' }],
      backend,
      weights: async (id) => (id === 'niqe' ? undefined : hashedWeights((p) => lpipsNetwork(p, 'squeeze'))),
    });
    await expect(starting).rejects.toThrow(/^niqe: no weights .*niqe_pris_params\.npz/);
    expect(memory().numTensors).toBe(before);
  });

  it('needs metrics, and ground truth for those that compare', async () => {
    const backend = await startWasm();
    await expect(createEvaluation({ metrics: [], backend })).rejects.toThrow(OptionError);
    const evaluation = await createEvaluation({ metrics: [{ metric: 'psnr' }], backend });
    await expect(evaluation.measure({ restored })).rejects.toThrow(/^psnr: .*no.* for this image.*niqe/);
  });
});

describe('protocols', () => {
  it('measure the columns of the tables of the paper', () => {
    const columns = Object.entries(protocols).map(([id, { metrics }]) => [
      id,
      metrics.map(({ metric }) => metric),
    ]);
    expect(Object.fromEntries(columns)).toEqual({
      'paper-inpainting': ['fid', 'lpips'],
      'paper-sr': ['psnr', 'lpips'],
      'paper-real-sr': ['lpips', 'dists', 'psnr'],
      'paper-deblurring': ['psnr', 'ssim'],
    });
  });

  it('measure super-resolution on Y inside a border of 4, deblurring on all of RGB', () => {
    const psnrOf = (id: keyof typeof protocols) =>
      protocols[id].metrics.find(({ metric }) => metric === 'psnr');
    const y = { channel: 'y', border: 4, samples: '8-bit' };
    expect(psnrOf('paper-sr')?.settings).toEqual(y);
    expect(psnrOf('paper-real-sr')?.settings).toEqual(y);
    expect(psnrOf('paper-deblurring')?.settings).toEqual({ channel: 'rgb', border: 0, samples: '8-bit' });
    expect([protocols['paper-sr'].modCrop, protocols['paper-deblurring'].modCrop]).toEqual([4, 1]);
  });

  it('say which weight files they read', () => {
    const files = Object.values(protocols).map(({ metrics }) =>
      metrics.flatMap((request) => weightFileOf(request) ?? []),
    );
    expect(files).toEqual([['inception-fid', 'lpips-vgg'], ['lpips-alex'], ['lpips-vgg', 'dists'], []]);
  });
});
