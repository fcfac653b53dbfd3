/** Writes docs/models.md, and the scores in the cards beside the weights that ship, from the manifest of the zoo. Run: node scripts/run.mjs scripts/write-model-cards.ts */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publishedCheckpoints, zooModels } from '@diffir/models';
import { renderModelCards, withScores } from './model-cards/render-model-cards';

await writeFile(join('docs', 'models.md'), renderModelCards(zooModels, publishedCheckpoints));

for (const model of zooModels.filter(({ location }) => 'file' in location)) {
  const path = join('packages', 'models', 'weights', `${model.name}.md`);
  await writeFile(path, withScores(await readFile(path, 'utf8'), model));
}
