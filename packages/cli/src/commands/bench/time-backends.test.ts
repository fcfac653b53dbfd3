import { BackendUnavailableError, type ModelBlueprint, OptionError } from '@diffir/core';
import { stage2Blueprint, stage2Presets } from '@diffir/models';
import { describe, expect, it } from 'vitest';
import type { Contestant } from '../../bench/contestant';
import { timeBackends } from './time-backends';

const blueprint: ModelBlueprint = {
  ...stage2Blueprint(stage2Presets['motion-deblurring']),
  macs: (height, width) => height * width * 1000,
};

function contestant(name: string, log: string[], failAt = Number.POSITIVE_INFINITY): Contestant {
  let passes = 0;
  return {
    name,
    device: `device of ${name}`,
    forward: async () => {
      passes++;
      log.push(name);
      if (passes === failAt) throw new RangeError('too much\nof everything');
      return { seconds: passes === 1 ? 100 : 2, peakBytes: 5 };
    },
    end: async () => {
      log.push(`${name} ended`);
    },
  };
}

function time(start: (backend: string) => Promise<Contestant>, side = 8, backends = ['a', 'b']) {
  const { signal } = new AbortController();
  return timeBackends({ blueprint, backends, size: { height: side, width: 8 }, runs: 2, signal, start });
}

describe('timeBackends', () => {
  it('lets backends take turns after one pass that does not count', async () => {
    const log: string[] = [];
    const results = await time(async (backend) => contestant(backend, log));
    expect(log).toEqual(['a', 'b', 'a', 'b', 'a', 'b', 'a ended', 'b ended']);
    expect(results).toMatchObject([{ backend: 'a' }, { backend: 'b' }]);
    expect(results[0]).toMatchObject({
      height: 8,
      width: 8,
      macs: 64_000,
      device: 'device of a',
      megapixelsPerSecond: 64e-6 / 2,
      figures: { seconds: { count: 2, median: 2, max: 2 }, gflops: 64e-6, peakBytes: 5 },
    });
  });

  it('reports backends that fail or cannot start, and times the others', async () => {
    const log: string[] = [];
    const results = await time(
      async (backend) => {
        if (backend === 'a') throw new BackendUnavailableError({ subject: 'a', problem: 'is absent' });
        return contestant(backend, log, backend === 'b' ? 1 : backend === 'c' ? 2 : undefined);
      },
      8,
      ['a', 'b', 'c', 'd'],
    );
    const byName = new Map(results.map((result) => [result.backend, result]));
    expect(byName.get('a')).toMatchObject({ error: 'a: is absent' });
    expect(byName.get('b')).toMatchObject({ error: 'too much' });
    expect(byName.get('c')).toMatchObject({ error: 'too much' });
    expect(byName.get('c')).not.toHaveProperty('figures');
    expect(byName.get('d')).toMatchObject({ figures: { seconds: { count: 2 } } });
    expect(log.filter((entry) => entry.endsWith('ended'))).toHaveLength(3);
  });

  it('refuses a size that the network cannot halve, before it starts anything', async () => {
    let starts = 0;
    const run = time(async (backend) => {
      starts++;
      return contestant(backend, []);
    }, 12);
    await expect(run).rejects.toThrow(OptionError);
    await expect(run).rejects.toThrow('size 12×8: height and width must be multiples of 8');
    expect(starts).toBe(0);
  });
});
