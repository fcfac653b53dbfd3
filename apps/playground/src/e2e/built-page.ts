import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));

/** The folder of the built page; `npm test` builds it first. @throws when there is none */
export function builtPage(): string {
  if (!existsSync(`${dist}index.html`)) throw new Error('the page is not built: npm run build');
  return dist;
}
