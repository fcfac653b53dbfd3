import { writeFile } from 'node:fs/promises';
import { CheckpointError } from '@diffir/core';
import type { MetricRequest } from '@diffir/metrics';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder';
import { findMetricWeights } from './metric-weights';

const folder = temporaryFolder();
const lpips: MetricRequest = { metric: 'lpips' };
const find = (requests: readonly MetricRequest[], name?: string) =>
  findMetricWeights(requests, name, folder.path);

describe('findMetricWeights', () => {
  it('needs no folder for metrics without weights', async () => {
    expect(await (await find([{ metric: 'psnr' }])).hashes()).toEqual({});
  });

  it('names what to get in one line, with a folder and without', async () => {
    const wanted =
      /^lpips-alex: .*; get torchvision's alexnet .*alex\.pth.*, and put it there .*lpips-alex\.safetensors$/;
    await expect(find([lpips])).rejects.toThrow(wanted);
    await expect(find([lpips])).rejects.toThrow(/--metric-weights names no folder/);
    const error = await find([lpips], '.').catch((reason: unknown) => reason);
    expect(CheckpointError.isInstance(error)).toBe(true);
    expect(String(error)).toMatch(/its weights are not in \./);
    await expect(find([lpips], 'nowhere')).rejects.toThrow(/^nowhere: no such file or folder/);
  });

  it('takes a file named like the metric, else the parts under their published names', async () => {
    for (const name of ['alexnet-owt-7be5be79.pth', 'alex.pth']) await writeFile(folder.file(name), name);
    const parts = (await (await find([lpips], '.')).hashes())['lpips-alex'];
    expect(parts).toHaveLength(2);
    await writeFile(folder.file('lpips-alex.safetensors'), 'whole');
    const whole = (await (await find([lpips], '.')).hashes())['lpips-alex'];
    expect(whole).toHaveLength(1);
    expect(parts).not.toContain(whole?.[0]);
  });
});
