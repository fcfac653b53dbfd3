import { appendFile, readFile } from 'node:fs/promises';
import type { Score } from '@diffir/metrics';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder';
import { openResultsCache, RESULTS_FILE } from './results-cache';

const folder = temporaryFolder();
const result = (value: number) => ({
  image: 'hash',
  scores: [{ metric: 'psnr', value, settings: { channel: 'y' } } satisfies Score],
});

describe('openResultsCache', () => {
  it('gives back what was added, in a later run too, infinite values included', async () => {
    const cache = await openResultsCache(folder.path);
    expect(cache.get('a')).toBeUndefined();
    await cache.add('a', result(30.1));
    await cache.add('b', result(Number.POSITIVE_INFINITY));
    expect(cache.get('a')).toEqual(result(30.1));
    const later = await openResultsCache(folder.path);
    expect([later.get('a'), later.get('b')]).toEqual([result(30.1), result(Number.POSITIVE_INFINITY)]);
  });

  it('does without a line that was cut off, and writes the next one whole', async () => {
    const cache = await openResultsCache(folder.path);
    await cache.add('a', result(1));
    await appendFile(folder.file(RESULTS_FILE), '{"key":"b","ima');
    const later = await openResultsCache(folder.path);
    expect([later.get('a'), later.get('b')]).toEqual([result(1), undefined]);
    await later.add('c', result(3));
    expect((await openResultsCache(folder.path)).get('c')).toEqual(result(3));
    expect(await readFile(folder.file(RESULTS_FILE), 'utf8')).toMatch(/\{"key":"b","ima\n\{"key":"c"/);
  });

  it('says where results cannot be kept', async () => {
    await appendFile(folder.file('file'), 'x');
    await expect(openResultsCache(folder.file('file', 'below'))).rejects.toThrow(
      /results cannot be kept there: .*; choose another output folder/,
    );
  });
});
