import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createRegistry, loadModel, selectBackend } from '@diffir/core';
import { resnet50Dilated, vgg19 } from '@diffir/training';
import { describe, expect, it } from 'vitest';
import { describeShared, sharedPath } from '../../../../../tools/shared';
import { nodeHost } from '../../io/node-host';
import { withCheckpoint } from '../../io/with-checkpoint';
import { builtinPlugins } from '../../plugins/builtin-plugins';
import { capture } from '../../testing/run-cli';
import { temporaryFolder } from '../../testing/temporary-folder';
import {
  savedState,
  tinyConfig,
  writeConfig,
  writePictures,
  writeZeroWeights,
} from '../../train/testing/training-folder';
import { runTrain } from './run';

const folder = temporaryFolder();

interface RunOptions {
  readonly resume?: boolean;
  /** Interrupts once this has been printed. */
  readonly until?: string;
}

/** Trains by config.yaml in the test's folder. */
async function train({ resume = false, until }: RunOptions = {}) {
  const [stdout, stderr] = [capture(), capture()];
  const interrupt = new AbortController();
  const write = stderr.stream.write.bind(stderr.stream);
  const watched = Object.assign(stderr.stream, {
    write(text: string) {
      if (until !== undefined && text.includes(until)) interrupt.abort();
      return write(text);
    },
  });
  const flags = { config: 'config.yaml', ...(resume && { resume: true as const }) };
  const context = { cwd: folder.path, stdout: stdout.stream, stderr: watched, debug: false };
  await runTrain(flags, { ...context, signal: interrupt.signal });
  return stderr.text();
}

async function writeRun(changes: object = {}): Promise<void> {
  await writeConfig(folder.file('config.yaml'), { ...tinyConfig, ...changes });
}

describe('diffir train', { timeout: 300_000 }, () => {
  it('trains both stages into run folders, and the model of the second one loads', async () => {
    await writePictures(folder.file('photos'), 3);
    const validation = { gt: 'photos', every: 2, limit: 2, samples: 1 };
    await writeRun({ validation });
    await train();
    expect((await readdir(folder.file('run'))).map((name) => name.replace(/\d{5,}/, 'n')).sort()).toEqual([
      'checkpoints',
      'config.yaml',
      'environment.json',
      'events.out.tfevents.n.diffir',
      'metrics.jsonl',
      'report.html',
      'run.json',
      'samples',
    ]);
    const teacher = 'run/checkpoints/iteration-0000004/model-ema.safetensors';
    // Not the published T, which is what a model without its tables is taken to have.
    const model = { ...tinyConfig.model, timesteps: 3 };
    await writeRun({ stage: 2, run: 'second', teacher, prior: { iterations: 2 }, validation, model });
    const printed = await train();
    expect(printed).toMatch(/iteration 2\/4 · prior [\d.]+ · priorDivergence [\d.]+ · total/);
    expect(printed).toMatch(/iteration 4\/4 · .*pixel/);
    const file = folder.file('second/checkpoints/iteration-0000004/model-ema.safetensors');
    const { backend } = await selectBackend(createRegistry(builtinPlugins).backends, 'wasm');
    await withCheckpoint(nodeHost(), file, async ({ stateDict }) => {
      const loaded = await loadModel(
        createRegistry(builtinPlugins).models,
        { name: file, stateDict },
        backend,
      );
      expect(loaded.blueprint.descriptor.architecture).toBe('diffir-s2');
      expect(loaded.blueprint.options).toMatchObject({ dim: 4, timesteps: 3 });
      loaded.dispose();
    });
  });

  it.each([
    ['sr', { scale: 4, patch: 32 }, 'PSNR on Y, border 4'],
    ['real-sr', { scale: 2, patch: 32 }, 'PSNR on Y, border 2'],
    ['inpaint', {}, 'PSNR in the hole'],
  ])('trains for the task %s', async (task, changes, measure) => {
    await writePictures(folder.file('photos'), 1, { width: 101, height: 90 });
    await writeRun({ task, ...changes, batch: 1, iterations: 1, validation: { gt: 'photos' } });
    expect(await train()).toMatch(new RegExp(`iteration 1/1 · validation ${measure} \\d+\\.\\d+ dB`));
  });

  it('goes on from an interruption to the same bits as without one', async () => {
    await writePictures(folder.file('photos'), 3);
    const changes = {
      maxGradientNorm: 1,
      ema: { ramp: true },
      schedule: { kind: 'cosine' },
      accumulation: 2,
    };
    await writeRun({ ...changes, run: 'whole', iterations: 5 });
    await train();
    await writeRun({ ...changes, run: 'broken', iterations: 5, checkpoints: { every: 100 } });
    await expect(train({ until: 'iteration 3/5' })).rejects.toThrow();
    expect(await readdir(folder.file('broken/checkpoints'))).toEqual(['iteration-0000003']);
    await train({ resume: true });
    const [whole, broken] = [
      await savedState(folder.file('whole'), 5),
      await savedState(folder.file('broken'), 5),
    ];
    expect(broken.equals(whole)).toBe(true);
    const lines = async (run: string) =>
      (await readFile(folder.file(run, 'metrics.jsonl'), 'utf8')).split('\n');
    const losses = async (run: string) =>
      (await lines(run)).slice(0, -1).map((line) => JSON.parse(line).losses.total);
    expect(await losses('broken')).toEqual(await losses('whole'));
  });

  it('trains against a discriminator, which resumes with it to the same bits', async () => {
    await writePictures(folder.file('photos'), 3, { width: 80, height: 72 });
    const losses = {
      pixel: { weight: 10, region: 'known' },
      adversarial: { weight: 10, kind: 'non-saturating', discriminator: 'patch', features: 2, start: 1 },
      featureMatching: {},
      r1: { every: 2 },
    };
    const changes = {
      task: 'inpaint',
      patch: 64,
      losses,
      iterations: 4,
      parts: 2,
      checkpoints: { every: 100 },
    };
    await writeRun({ ...changes, run: 'whole' });
    const printed = await train();
    expect(printed).toMatch(/iteration 1\/4 · pixel [\d.]+ · total [\d.]+ · rate/);
    expect(printed).toMatch(
      /iteration 2\/4 · .*adversarial .*featureMatching .*discriminatorReal .*discriminatorFake .*discriminatorPenalty/,
    );
    expect(printed).not.toMatch(/iteration 3\/4 · .*discriminatorPenalty/);
    await writeRun({ ...changes, run: 'broken' });
    await expect(train({ until: 'iteration 3/4' })).rejects.toThrow();
    await train({ resume: true });
    const [whole, broken] = [
      await savedState(folder.file('whole'), 4),
      await savedState(folder.file('broken'), 4),
    ];
    expect(broken.equals(whole)).toBe(true);
    const report = await readFile(folder.file('whole/report.html'), 'utf8');
    expect(report).toContain('discriminatorFake');
  });

  it('keeps the singular vectors and the optimiser of a discriminator, and starts another run from it', async () => {
    await writePictures(folder.file('photos'), 2);
    const adversarial = { kind: 'vanilla', discriminator: 'unet', features: 2 };
    await writeRun({ losses: { adversarial }, iterations: 2, run: 'first' });
    await train();
    const discriminator = 'first/checkpoints/iteration-0000002/discriminator.safetensors';
    await withCheckpoint(nodeHost(), folder.file(discriminator), async ({ stateDict }) => {
      expect(stateDict.get('conv1.weight_orig')?.shape).toEqual([4, 2, 4, 4]);
      expect(stateDict.get('conv1.weight_u')?.shape).toEqual([4]);
    });
    await withCheckpoint(
      nodeHost(),
      folder.file('first/checkpoints/iteration-0000002/training-state.safetensors'),
      async ({ stateDict }) => {
        const moments = await stateDict.get('discriminator.adam.first_moment.conv1.weight_orig')?.load();
        expect(moments?.some((value) => value !== 0)).toBe(true);
      },
    );
    const start = { losses: { adversarial: { ...adversarial, file: discriminator } }, iterations: 1 };
    await writeRun({ ...start, run: 'second' });
    await train();
    const unfit = { ...adversarial, features: 3, file: discriminator };
    await writeRun({ ...start, losses: { adversarial: unfit }, run: 'third' });
    await expect(train()).rejects.toThrow(/discriminator\.safetensors: it is no such discriminator/);
  });

  it('looks through the weights that a perceptual loss names, and names those that are missing', async () => {
    await writePictures(folder.file('photos'), 1);
    const perceptual = { file: 'vgg19.safetensors' };
    const resnetPerceptual = { file: 'resnet50.pth' };
    const lpips = { file: 'lpips.pth' };
    await writeRun({ losses: { perceptual, resnetPerceptual, lpips } });
    await expect(train()).rejects.toThrow(
      /3 errors: losses\.perceptual\.file: no such file or folder: vgg19\.safetensors.*losses\.resnetPerceptual\.file: .*resnet50\.pth.*losses\.lpips\.file: .*lpips\.pth/,
    );
    await writeConfig(folder.file('resnet50.pth'), {});
    await writeZeroWeights(folder.file('vgg19.safetensors'), vgg19);
    await writeRun({ losses: { perceptual }, iterations: 1, batch: 1 });
    expect(await train()).toMatch(/pixel [\d.]+ · perceptual 0\.00000 · total/);
    await writeZeroWeights(folder.file('vgg19.safetensors'), resnet50Dilated);
    await writeRun({ losses: { perceptual }, run: 'other' });
    await expect(train()).rejects.toThrow(/vgg19\.safetensors: does not fit VGG-19/);
  });

  it('takes losses against a sharpened ground truth, of pairs too, and goes on with it to the same bits', async () => {
    await writePictures(folder.file('photos'), 2);
    const changes = { data: { gt: 'photos', lq: 'photos' }, iterations: 3, validation: { gt: 'photos' } };
    const sharpened = { losses: { pixel: { sharpenedTarget: true } }, checkpoints: { every: 100 } };
    await writeRun({ ...changes, run: 'plain' });
    await train();
    await writeRun({ ...changes, ...sharpened, run: 'whole' });
    await train();
    await writeRun({ ...changes, ...sharpened, run: 'broken' });
    await expect(train({ until: 'iteration 2/3' })).rejects.toThrow();
    await train({ resume: true });
    const [plain, whole, broken] = [
      await savedState(folder.file('plain'), 3),
      await savedState(folder.file('whole'), 3),
      await savedState(folder.file('broken'), 3),
    ];
    expect(broken.equals(whole)).toBe(true);
    expect(plain.equals(whole)).toBe(false);
    await writeRun({ ...changes, data: { gt: 'photos', sharpenGt: true }, losses: sharpened.losses });
    await expect(train()).rejects.toThrow(
      /1 error: losses\.pixel\.sharpenedTarget: data\.sharpenGt sharpens/,
    );
    await writeRun({ ...changes, run: 'broken' });
    await expect(train({ resume: true })).rejects.toThrow(/begun with other settings: losses;/);
  });

  it('trains the prior alone when it lasts for the whole run', async () => {
    await writePictures(folder.file('photos'), 2);
    await writeRun({ iterations: 1 });
    await train();
    const teacher = 'run/checkpoints/iteration-0000001/model-ema.safetensors';
    const schedule = { kind: 'cosine' };
    await writeRun({ stage: 2, teacher, run: 'prior', iterations: 2, prior: { iterations: 2 }, schedule });
    const printed = await train();
    expect(printed).toMatch(/iteration 2\/2 · prior [\d.]+/);
    expect(printed).not.toContain('pixel');
    const dirformer = async (file: string) =>
      withCheckpoint(nodeHost(), folder.file(file), async ({ stateDict }) =>
        stateDict.get('G.patch_embed.proj.weight')?.load(),
      );
    expect(await dirformer('prior/checkpoints/iteration-0000002/model-raw.safetensors')).toEqual(
      await dirformer(teacher),
    );
  });

  it('saves when it is interrupted, also before a validation', async () => {
    await writePictures(folder.file('photos'), 2);
    await writeRun({ validation: { gt: 'photos', every: 3 }, checkpoints: { every: 100 } });
    await expect(train({ until: 'iteration 3/4' })).rejects.toThrow();
    expect(await readdir(folder.file('run/checkpoints'))).toEqual(['iteration-0000003']);
  });

  it('goes on right where the prior phase ends to the same bits', async () => {
    await writePictures(folder.file('photos'), 3);
    await writeRun({ iterations: 1 });
    await train();
    const teacher = 'run/checkpoints/iteration-0000001/model-ema.safetensors';
    const second = { stage: 2, teacher, prior: { iterations: 2 }, iterations: 3 };
    await writeRun({ ...second, run: 'whole' });
    await train();
    await writeRun({ ...second, run: 'broken' });
    await expect(train({ until: 'iteration 2/3' })).rejects.toThrow();
    await train({ resume: true });
    const [whole, broken] = [
      await savedState(folder.file('whole'), 3),
      await savedState(folder.file('broken'), 3),
    ];
    expect(broken.equals(whole)).toBe(true);
  });

  it('stops when a loss is no number, keeps its batch, and leaves the last checkpoint as it is', async () => {
    await writePictures(folder.file('photos'), 2);
    const losses = { pixel: { sharpenedTarget: true } };
    await writeRun({ learningRate: 1e30, checkpoints: { every: 1 }, losses });
    await expect(train()).rejects.toThrow(
      /iteration \d: the (loss|norm).* is (NaN|Infinity); its batch is in .*diverged-\d+\.safetensors/,
    );
    const saved = (await readdir(folder.file('run'))).filter((name) => name.startsWith('diverged'));
    expect(saved).toHaveLength(1);
    await withCheckpoint(nodeHost(), folder.file('run', saved[0] ?? ''), async ({ stateDict }) => {
      expect(stateDict.get('0.lq')?.shape).toEqual([2, 16, 16, 3]);
      expect(stateDict.get('0.sharpenedGt')?.shape).toEqual([2, 16, 16, 3]);
      expect(stateDict.get('0.noise')?.shape).toEqual([2, 256]);
    });
  });

  it('keeps the last checkpoints and the best one', async () => {
    await writePictures(folder.file('photos'), 2);
    await writeRun({ iterations: 5, checkpoints: { every: 1, keep: 2 } });
    await train();
    expect(await readdir(folder.file('run/checkpoints'))).toEqual(['iteration-0000004', 'iteration-0000005']);
  });

  it('names everything that is wrong with a configuration', async () => {
    await writeRun({
      stage: 2,
      patch: '16',
      learningRate: -1,
      data: { gt: 'nowhere', cache: 1 },
      colour: 'red',
    });
    const error = await train().catch((reason: unknown) => reason);
    const message = error instanceof Error ? error.message : '';
    expect(message).toMatch(/^config\.yaml: 6 errors: /);
    for (const part of [
      'teacher: stage 2 needs the checkpoint of stage 1',
      'colour: unknown setting',
      'data.cache: unknown setting',
      'patch: must be a whole number of at least 1, not "16"',
      'learningRate: must be a number above 0, not -1',
      'data.gt: no such file or folder: nowhere',
    ]) {
      expect(message).toContain(part);
    }
  });

  it('names everything that does not fit the task', async () => {
    await writePictures(folder.file('photos'), 1);
    await writeRun({
      patch: 20,
      model: { ...tinyConfig.model, heads: [3, 1, 1, 1] },
      data: { gt: 'photos', recipe: 'fog' },
    });
    await expect(train()).rejects.toThrow(
      /3 errors: .*heads\[0\].*patch: 20 is no multiple of 8.*unknown recipe fog/,
    );
  });

  it('lists pictures without a partner', async () => {
    await writePictures(folder.file('gt'), 3);
    await writePictures(folder.file('lq'), 2);
    await rename(folder.file('lq/a.png'), folder.file('lq/z.png'));
    await writeRun({ data: { gt: 'gt', lq: 'lq' } });
    await expect(train()).rejects.toThrow(
      'data: 3 pictures have no partner: a.png has no LQ picture · c.png has no LQ picture · z.png has no GT picture; give both pictures of a pair the same name',
    );
    await rm(folder.file('lq/z.png'));
    await writePictures(folder.file('lq'), 3);
    await train();
    expect(await readdir(folder.file('run/checkpoints'))).toHaveLength(2);
  });

  it('neither overwrites a run nor goes on with it as another one', async () => {
    await writePictures(folder.file('photos'), 2);
    await writeRun({ iterations: 1 });
    await train();
    await expect(train()).rejects.toThrow('run: this folder holds a run already; go on with --resume');
    await writeRun({ iterations: 2, seed: 1, betas: [0.9, 0.999] });
    await expect(train({ resume: true })).rejects.toThrow(
      /begun with other settings: seed, iterations, betas;/,
    );
    await writeRun({ iterations: 1, log: { every: 7 } });
    await train({ resume: true });
    await mkdir(join(folder.path, 'photos/more'));
    await writePictures(folder.file('photos/more'), 1);
    await expect(train({ resume: true })).rejects.toThrow('the files of the data');
  });
});

describeShared('diffir train, by LPIPS', () => {
  it('takes its weights as diffir eval does', { timeout: 300_000 }, async () => {
    await writePictures(folder.file('photos'), 1);
    const file = sharedPath('data/metrics/lpips-squeeze.safetensors');
    const changes = { patch: 32, iterations: 1, batch: 1 };
    await writeRun({ ...changes, losses: { lpips: { file, backbone: 'squeeze' } } });
    expect(await train()).toMatch(/pixel [\d.]+ · lpips 0\.\d+ · total/);
    await writeRun({ ...changes, losses: { lpips: { file } }, run: 'other' });
    await expect(train()).rejects.toThrow(/lpips-squeeze\.safetensors: not the weights of lpips-alex/);
  });
});
