import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { diffIRS2Definition } from '../diffir/definition';
import { pretrained } from '../pretrained';
import { publishedCheckpoints, zooModels } from './manifest';
import { zooPretrained } from './zoo-pretrained';

describe('the zoo', () => {
  it.each(zooModels.filter(({ location }) => 'file' in location))(
    'ships $name with the size and checksum it states',
    async ({ name, bytes, sha256 }) => {
      const model = pretrained.find((each) => each.name === name);
      const content = await readFile(model?.url ?? '');
      expect(content.length).toBe(bytes);
      expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
    },
  );

  it('pins the address of every model to its content', () => {
    for (const { url } of pretrained) expect(url.hash).toMatch(/^#sha256=[0-9a-f]{64}$/);
  });

  it('has one entry for each published preset, of its task and scale', () => {
    const presets = diffIRS2Definition.presets ?? {};
    expect(publishedCheckpoints.map(({ preset }) => preset).sort()).toEqual(Object.keys(presets).sort());
    for (const { preset, task, scale } of publishedCheckpoints) {
      expect(presets[preset]?.descriptor.scale).toBe(scale);
      expect(presets[preset]?.descriptor.tasks).toContain(task);
    }
  });

  it('says how every score of its own was measured', () => {
    const scores = zooModels.flatMap((model) =>
      model.scores.map((score) => ({ ...score, model: model.name })),
    );
    expect(scores.length).toBeGreaterThan(0);
    for (const { command, model } of scores) {
      expect(command).toMatch(new RegExp(`^diffir eval .*--model ${model} `));
      expect(command).toContain('<data>/');
    }
  });
});

describe('zooPretrained', () => {
  const [model] = zooModels;

  it('points to an address where the file does not ship', () => {
    if (model === undefined) expect.fail('the zoo is not empty');
    const location = { url: 'https://example.org/a.safetensors' };
    const file = new URL('file:///shipped');
    const shipped = {
      'deblur-small.safetensors': file,
      'sr-x4-small.safetensors': file,
      'real-sr-x4-small.safetensors': file,
      'inpaint-small.safetensors': file,
    };
    const { url, scores } = zooPretrained({ ...model, location }, shipped);
    expect(url.href).toBe(`https://example.org/a.safetensors#sha256=${model.sha256}`);
    expect(scores).toMatchObject({
      'PSNR, deblur-eval: BSD100 photos, blurred as in training': '28.91 dB, input 26.34 dB',
    });
  });
});
