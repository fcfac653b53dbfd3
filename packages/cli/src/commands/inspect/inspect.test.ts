import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { createRegistry } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { describeShared, sharedPath } from '../../../../../tools/shared';
import { builtinPlugins } from '../../plugins/builtin-plugins';
import { runInFolder } from '../../testing/run-cli';
import { temporaryFolder } from '../../testing/temporary-folder';
import { modelAsText } from './model-report';
import { presetsLike } from './recognise';

const folder = temporaryFolder();
const inspect = (...argv: string[]) => runInFolder(['inspect', ...argv], { cwd: folder.path });

describe('diffir inspect', () => {
  it('says that a file is missing', async () => {
    const { code, stderr } = await inspect('no.pth');
    expect(code).toBe(3);
    expect(stderr).toMatch(/^diffir: [^\n]*no.pth[^\n]+\n$/);
  });
});

describe('what diffir inspect recognises', () => {
  it('is a file of the zoo, whatever it is called', async () => {
    const shipped = new URL('../../../../models/weights/deblur-small.safetensors', import.meta.url);
    await copyFile(shipped, folder.file('mine.safetensors'));
    const { stdout } = await inspect('mine.safetensors');
    expect(stdout).toMatch(/^pretrained model +deblur-small$/m);
    expect(stdout).toMatch(/^purpose +motion deblurring$/m);
    // Of the same size, but of other content.
    const bytes = await readFile(folder.file('mine.safetensors'));
    bytes[bytes.length - 1] = 1 - (bytes[bytes.length - 1] ?? 0);
    await writeFile(folder.file('mine.safetensors'), bytes);
    expect(JSON.parse((await inspect('mine.safetensors', '--json')).stdout)).toMatchObject({
      pretrained: null,
    });
  });

  it('is a network with the options of published presets', () => {
    const [definition] = createRegistry(builtinPlugins).models;
    const { presets = {} } = definition ?? {};
    const recognised = Object.entries(presets).map(([name, blueprint]) => {
      return [name, presetsLike(definition ? [definition] : [], blueprint)];
    });
    expect(Object.fromEntries(recognised)).toMatchObject({
      'motion-deblurring': ['motion-deblurring'],
      'sr-x4': ['sr-x4', 'real-sr-x4'],
      'real-sr-x2': ['real-sr-x2'],
    });
  });

  it('is said beside what the network is for', () => {
    const report = {
      ...{ file: 'a.pth', format: 'zip', taken: 'params', siblings: [], pretrained: null },
      ...{ architecture: 'diffir-s2', purpose: 'super-resolution ×4', tasks: ['sr'], scale: 4 },
      ...{ parameters: 1, macs: { size: 64, count: 1e9 }, options: {} },
      ...{ missing: [], leftOver: [], misshapen: [] },
    };
    const text = modelAsText({ ...report, presets: ['sr-x4', 'real-sr-x4'] });
    expect(text).toMatch(/^purpose +super-resolution ×4 \(published preset sr-x4 or real-sr-x4\)$/m);
    expect(modelAsText({ ...report, presets: [] })).toMatch(/^purpose +super-resolution ×4$/m);
  });
});

describeShared('diffir inspect', () => {
  const deblur = sharedPath('parity/deblur-tiny/stage2.pth');

  it('reads architecture, options and cost off a checkpoint', async () => {
    const { code, stdout, stderr } = await inspect(deblur);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const line of [/architecture +diffir-s2/, /parameters +2,259,803/, /MACs +\d+\.\d\d G at 256×256/]) {
      expect(stdout).toMatch(line);
    }
    for (const option of [/num_blocks +1, 2, 1, 1/, /LayerNorm_type +WithBias/, /timesteps +4/]) {
      expect(stdout).toMatch(option);
    }
    expect(stdout).toContain('missing: none\nleft over: none\nmisshapen: none\n');
  });

  it('gives the options under their published names as JSON', async () => {
    const config: unknown = JSON.parse(await readFile(sharedPath('parity/deblur-tiny/config.json'), 'utf8'));
    const report: unknown = JSON.parse((await inspect(deblur, '--json')).stdout);
    expect(config).toMatchObject({ network: {}, parameters: 2259803 });
    expect(report).toMatchObject({
      options: Reflect.get(Object(config), 'network'),
      parameters: 2259803,
      scale: 1,
      missing: [],
      leftOver: [],
    });
  });

  it('measures super-resolution at 64×64', async () => {
    const { stdout } = await inspect(sharedPath('parity/srgan-x4-tiny/stage2.pth'));
    expect(stdout).toMatch(/MACs .* at 64×64/);
    expect(stdout).toMatch(/scale +×4/);
  });

  it('says which network of a Lightning checkpoint it took, and what lies beside it', async () => {
    const { stdout } = await inspect(sharedPath('parity/inpainting-tiny/lightning.ckpt'));
    expect(stdout).toMatch(/taken +state_dict, prefix generator\. selected/);
    expect(stdout).toMatch(/beside it +.*discriminator/);
  });

  it('summarises the tensors of an architecture nobody knows, with exit code 3', async () => {
    const { code, stdout, stderr } = await inspect(sharedPath('data/checkpoints/rlfn-x4.pth'));
    expect(code).toBe(3);
    expect(stderr).toMatch(/^diffir: [^\n]+architecture is not one that is installed; known: [^\n]+\n$/);
    expect(stdout).toMatch(/architecture +unknown\ntensors +\d+\nvalues +[\d,]+\ndtypes +f32\n/);
    expect(stdout).toMatch(/the first 8 tensors\n(?: {2}\S+ +\[[\d,]*\]\n){8}$/);
  });

  it('names what does not fit, with exit code 3', async () => {
    const converted = await runInFolder(['convert', deblur, 'a.safetensors'], { cwd: folder.path });
    expect(converted.code).toBe(0);
    // Renaming in place: the header's length stays the same.
    const bytes = await readFile(folder.file('a.safetensors'));
    const position = bytes.indexOf('G.refinement.0.attn.qkv.weight');
    bytes.write('G.refinement.0.attn.qkv.wrong!', position, 'latin1');
    await writeFile(folder.file('a.safetensors'), bytes);
    const { code, stdout, stderr } = await inspect('a.safetensors', '--json');
    expect(code).toBe(3);
    expect(stderr).toContain('G.refinement.0.attn.qkv.weight');
    expect(JSON.parse(stdout)).toMatchObject({
      missing: ['G.refinement.0.attn.qkv.weight'],
      leftOver: ['G.refinement.0.attn.qkv.wrong!'],
    });
  });
});
