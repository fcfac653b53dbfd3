import { readFile } from 'node:fs/promises';
import { publishedCheckpoints, zooModels } from '@diffir/models';
import { describe, expect, it } from 'vitest';
import { renderModelCards } from '../scripts/model-cards/render-model-cards';

const read = (path: string) => readFile(new URL(`../${path}`, import.meta.url), 'utf8');

const escaped = (text: string) => text.replace(/[.()]/g, '\\$&');

describe('the model cards', () => {
  it('are what the manifest says: node scripts/run.mjs scripts/write-model-cards.ts', async () => {
    expect(await read('docs/models.md')).toBe(renderModelCards(zooModels, publishedCheckpoints));
  });

  it.each(zooModels.filter(({ location }) => 'file' in location))(
    'agree with the card beside the weights of $name',
    async ({ name, licence, bytes, scores }) => {
      const card = await read(`packages/models/weights/${name}.md`);
      expect(card).toContain(`| licence | ${licence.replace(/\(.*/, '').trim().split(';')[0]}`);
      expect(card).toContain(`${(bytes / 2 ** 20).toFixed(1)} MiB`);
      for (const score of scores) {
        const { command, set } = score;
        expect(card).toContain(command);
        for (const values of [score.scores, score.input]) {
          expect(card).toMatch(
            new RegExp(`^\\| ${escaped(set)} .*${Object.values(values).map(escaped).join('.*')}`, 'm'),
          );
        }
      }
    },
  );
});
