/** Writes docs/models.md from the manifest of the zoo. Run: node scripts/run.mjs scripts/write-model-cards.ts */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publishedCheckpoints, zooModels } from '@diffir/models';
import { renderModelCards } from './model-cards/render-model-cards';

await writeFile(join('docs', 'models.md'), renderModelCards(zooModels, publishedCheckpoints));
