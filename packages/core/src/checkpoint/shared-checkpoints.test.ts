import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeShared, sharedPath } from '../../../../tools/shared';
import { bytesSource } from './bytes-source';
import type { Checkpoint } from './checkpoint';
import { openCheckpoint } from './open-checkpoint';
import type { StoredTensor } from './state-dict';
import { countingSource } from './testing/counting-source';
import { elementCount } from './values/stored-types';

const source = (path: string) => countingSource(bytesSource(path, readFileSync(sharedPath(path))));

interface Expectation {
  readonly tensors: number;
  readonly elements: number;
  readonly selection: string;
  /** First, middle and last tensor: name, shape, last value. */
  readonly samples: readonly (readonly [name: string, shape: readonly number[], last: number])[];
}

// By PyTorch 1.13, independently of this reader: for `state = torch.load(path)` and the dict inside,
// `len(state)`, `sum(t.numel() for t in state.values())`, and of the tensors at 0, len // 2 and -1
// `name, t.shape, t.flatten()[-1].item()`.
const expectations: Readonly<Record<string, Expectation>> = {
  'data/checkpoints/bsrn-x4.pth': {
    tensors: 247,
    elements: 156288,
    selection: 'params',
    samples: [
      ['fea_conv.pw.weight', [48, 12], 0.33360642194747925],
      ['B3.esa.conv1.weight', [12, 48], 0.39953428506851196],
      ['upsampler.upsampleOneStep.0.bias', [48], 0.11970897018909454],
    ],
  },
  'data/checkpoints/dncnn-gray-25-legacy.pth': {
    tensors: 34,
    elements: 555137,
    selection: 'top level',
    samples: [
      ['model.0.weight', [64, 1, 3, 3], -0.01231384091079235],
      ['model.16.bias', [64], 0.38172054290771484],
      ['model.32.bias', [1], 9.400101407663897e-5],
    ],
  },
  'data/checkpoints/rfdn-x4-legacy.pth': {
    tensors: 128,
    elements: 433448,
    selection: 'top level',
    samples: [
      ['fea_conv.weight', [50, 3, 3, 3], 0.09627541899681091],
      ['B3.c1_r.weight', [50, 50, 3, 3], -0.027137160301208496],
      ['upsampler.0.bias', [48], 0.11782961338758469],
    ],
  },
  'data/checkpoints/rlfn-x4.pth': {
    tensors: 78,
    elements: 317218,
    selection: 'top level',
    samples: [
      ['fea_conv.weight', [46, 3, 3, 3], -0.027318153530359268],
      ['B3.c1_r.bias', [48], -0.007683752570301294],
      ['upsampler.0.bias', [48], 0.6095606684684753],
    ],
  },
  'parity/deblur-t8-dual-bias/stage2-legacy.pth': {
    tensors: 209,
    elements: 3374420,
    selection: 'params_ema',
    samples: [
      ['G.patch_embed.proj.weight', [16, 3, 3, 3], 0.14911168813705444],
      ['G.decoder_level2.0.norm2.body.weight', [32], 1.0103086233139038],
      ['diffusion.condition.mlp.2.bias', [256], 0.04248461499810219],
    ],
  },
  'parity/deblur-t8-dual-bias/stage2.pth': {
    tensors: 209,
    elements: 3374420,
    selection: 'params_ema',
    samples: [
      ['G.patch_embed.proj.weight', [16, 3, 3, 3], 0.14911168813705444],
      ['G.decoder_level2.0.norm2.body.weight', [32], 1.0103086233139038],
      ['diffusion.condition.mlp.2.bias', [256], 0.04248461499810219],
    ],
  },
  'parity/deblur-tiny/stage1.pth': {
    tensors: 160,
    elements: 2090075,
    selection: 'params_ema',
    samples: [
      ['G.patch_embed.proj.weight', [16, 3, 3, 3], -0.13363099098205566],
      ['G.decoder_level3.0.ffn.project_in.weight', [256, 64, 1, 1], -0.11242213845252991],
      ['E.mlp.2.bias', [256], -0.013017561286687851],
    ],
  },
  'parity/deblur-tiny/stage2.pth': {
    tensors: 200,
    elements: 3280843,
    selection: 'params_ema',
    samples: [
      ['G.patch_embed.proj.weight', [16, 3, 3, 3], 0.1305263489484787],
      ['G.decoder_level2.1.norm1.body.bias', [32], -0.008616148494184017],
      ['diffusion.condition.mlp.2.bias', [256], -0.06217529997229576],
    ],
  },
  'parity/inpainting-tiny/lightning.ckpt': {
    tensors: 166,
    elements: 3290720,
    selection: 'state_dict, prefix generator. selected',
    samples: [
      ['G.patch_embed.proj.weight', [16, 4, 3, 3], 0.1397130787372589],
      ['G.decoder_level3.0.ffn.kernel.0.weight', [128, 256], 0.03881478309631348],
      ['diffusion.condition.mlp.2.bias', [256], -0.008295313455164433],
    ],
  },
  'parity/inpainting-tiny/stage1.pth': {
    tensors: 130,
    elements: 2164592,
    selection: 'params_ema',
    samples: [
      ['G.patch_embed.proj.weight', [16, 4, 3, 3], 0.10988835990428925],
      ['G.latent.1.ffn.project_in.weight', [460, 128, 1, 1], -0.07316365092992783],
      ['E.mlp.2.bias', [256], 0.05668170377612114],
    ],
  },
  'parity/realsr-x1-tiny/stage2.pth': {
    tensors: 188,
    elements: 3252243,
    selection: 'params_ema',
    samples: [
      ['G.patch_embed.proj.weight', [16, 48, 3, 3], 0.019816536456346512],
      ['G.decoder_level1.0.ffn.dwconv.weight', [140, 1, 3, 3], -0.13556450605392456],
      ['diffusion.condition.mlp.2.bias', [256], 0.037074100226163864],
    ],
  },
  'parity/realsr-x2-tiny/stage2.pth': {
    tensors: 188,
    elements: 3205587,
    selection: 'params_ema',
    samples: [
      ['G.patch_embed.proj.weight', [16, 12, 3, 3], 0.012676872313022614],
      ['G.decoder_level1.0.ffn.dwconv.weight', [140, 1, 3, 3], -0.07471728324890137],
      ['diffusion.condition.mlp.2.bias', [256], 0.0072285812348127365],
    ],
  },
  'parity/srgan-x4-tiny/stage1.pth': {
    tensors: 152,
    elements: 2102931,
    selection: 'params_ema',
    samples: [
      ['G.patch_embed.proj.weight', [16, 3, 3, 3], -0.15488554537296295],
      ['G.decoder_level2.0.attn.kernel.0.weight', [64, 256], 0.037012435495853424],
      ['E.mlp.2.bias', [256], 0.012618515640497208],
    ],
  },
  'parity/srgan-x4-tiny/stage2.pth': {
    tensors: 188,
    elements: 3193923,
    selection: 'params_ema',
    samples: [
      ['G.patch_embed.proj.weight', [16, 3, 3, 3], 0.03259783983230591],
      ['G.decoder_level1.0.ffn.dwconv.weight', [140, 1, 3, 3], -0.136305570602417],
      ['diffusion.condition.mlp.2.bias', [256], -0.0548376739025116],
    ],
  },
  'weights/deblur-small-s1.pth': {
    tensors: 238,
    elements: 2983813,
    selection: 'params_ema',
    samples: [
      ['G.patch_embed.proj.weight', [16, 3, 3, 3], 0.08148498088121414],
      ['G.latent.2.ffn.project_out.weight', [128, 256, 1, 1], 0.04590384662151337],
      ['E.mlp.2.bias', [256], -0.036777131259441376],
    ],
  },
  'weights/deblur-small-s2.pth': {
    tensors: 278,
    elements: 4174581,
    selection: 'params_ema',
    samples: [
      ['G.patch_embed.proj.weight', [16, 3, 3, 3], 0.08432791382074356],
      ['G.decoder_level3.1.attn.kernel.0.weight', [128, 256], 0.002871786942705512],
      ['diffusion.condition.mlp.2.bias', [256], 0.014601277187466621],
    ],
  },
};

describeShared('checkpoints of the reference data', () => {
  it.each(Object.entries(expectations))('reads %s as PyTorch does', async (path, expected) => {
    const checkpoint = await openCheckpoint(source(path));
    const { stateDict, selection } = checkpoint;
    expect(selection).toBe(expected.selection);
    expect(stateDict.size).toBe(expected.tensors);
    const shapes = [...stateDict.values()].map(({ shape }) => shape);
    expect(shapes.reduce((sum, shape) => sum + elementCount(shape), 0)).toBe(expected.elements);
    const names = [...stateDict.keys()];
    const picked = [names[0], names[Math.floor(names.length / 2)], names[names.length - 1]];
    expect(picked).toEqual(expected.samples.map(([name]) => name));
    for (const [name, shape, last] of expected.samples) {
      expect(stateDict.get(name)?.shape).toEqual(shape);
      const values = await stateDict.get(name)?.load();
      expect(values?.at(-1)).toBe(last);
    }
    for (const [, tensor] of stateDict) {
      expect(await tensor.load()).toHaveLength(elementCount(tensor.shape));
    }
  });

  it('reads both forms of one checkpoint alike', async () => {
    const zip = await openCheckpoint(source('parity/deblur-t8-dual-bias/stage2.pth'));
    const legacy = await openCheckpoint(source('parity/deblur-t8-dual-bias/stage2-legacy.pth'));
    expect([zip.format, legacy.format]).toEqual(['zip', 'legacy']);
    expect([...legacy.stateDict.keys()]).toEqual([...zip.stateDict.keys()]);
    for (const [name, tensor] of zip.stateDict) {
      expect(legacy.stateDict.get(name)?.shape).toEqual(tensor.shape);
      expect(await haveSameBytes(tensor, legacy.stateDict.get(name)), name).toBe(true);
    }
  });

  it('passes over the foreign classes and other networks of a Lightning file', async () => {
    const checkpoint = await openCheckpoint(source('parity/inpainting-tiny/lightning.ckpt'));
    expect(checkpoint.siblings).toEqual(['generatorS1', 'discriminator', 'evaluator']);
    expect(checkpoint.metadata).toMatchObject({ 'pytorch-lightning_version': '1.2.9' });
  });

  it('gives both names of a shared parameter', async () => {
    const { stateDict } = await openCheckpoint(source('parity/deblur-tiny/stage2.pth'));
    const copies = [...stateDict.keys()].filter((name) => name.startsWith('diffusion.condition.'));
    expect(copies.length).toBeGreaterThan(10);
    for (const copy of copies) {
      const original = stateDict.get(copy.slice('diffusion.'.length));
      expect(await haveSameBytes(stateDict.get(copy), original), copy).toBe(true);
    }
  });

  it.each([
    ['deblur-t8-dual-bias', [1, 8, 256]],
    ['deblur-tiny', [1, 4, 256]],
    ['inpainting-tiny', [1, 4, 256]],
    ['realsr-x1-tiny', [1, 4, 256]],
    ['realsr-x2-tiny', [1, 4, 256]],
    ['srgan-x4-tiny', [1, 4, 256]],
  ])('reads the expected tensors of %s', async (name, shape) => {
    const { stateDict, format } = await openCheckpoint(source(`parity/${name}/expected.safetensors`));
    expect(format).toBe('safetensors');
    const steps = await stateDict.get('ipr_steps')?.load();
    expect(stateDict.get('ipr_steps')?.shape).toEqual(shape);
    // The prior is what the last step gives: two tensors of the file that must agree.
    expect(steps?.subarray(-256)).toEqual(await stateDict.get('ipr')?.load());
  });

  it.each(['stage2.pth', 'stage2-legacy.pth'])('reads little of %s to open it', async (name) => {
    const file = source(`parity/deblur-t8-dual-bias/${name}`);
    const checkpoint = await openCheckpoint(file);
    expect(file.asked.total).toBeLessThan(file.size / 40);
    await expectLoadToRead(checkpoint, file.asked, 'G.latent.0.ffn.project_in.weight');
  });
});

/** Comparing arrays of this size with `toEqual` takes seconds. */
async function haveSameBytes(a: StoredTensor | undefined, b: StoredTensor | undefined): Promise<boolean> {
  if (a === undefined || b === undefined) return false;
  return Buffer.compare(await a.loadBytes(), await b.loadBytes()) === 0;
}

async function expectLoadToRead({ stateDict }: Checkpoint, asked: { total: number }, name: string) {
  const before = asked.total;
  const values = await stateDict.get(name)?.load();
  expect(values?.length).toBeGreaterThan(10_000);
  // The values, and a local header of at most 30 bytes.
  expect(asked.total - before).toBeLessThanOrEqual((values?.byteLength ?? 0) + 30);
}
