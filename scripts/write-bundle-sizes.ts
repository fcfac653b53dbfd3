/** Writes docs/bundle-sizes.md. Run: node scripts/run.mjs scripts/write-bundle-sizes.ts */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { measureBundle } from './bundle-sizes/measure-bundle';
import { renderSizes } from './bundle-sizes/render-sizes';

await writeFile(join('docs', 'bundle-sizes.md'), renderSizes(await measureBundle(process.cwd())));
