import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
// Inside the workspace, so that the packages resolve as they do for a user.
const extracted = `${root}.guides/`;
const pages = ['README.md', ...readdirSync(`${root}docs/guides`).map((name) => `docs/guides/${name}`)];

const examples = pages.flatMap((page) => {
  const blocks = readFileSync(root + page, 'utf8').matchAll(/^```ts\n([\s\S]*?)^```$/gm);
  return [...blocks].map(([, code = ''], index) => ({ name: `${page}, example ${index + 1}`, code }));
});

beforeAll(() => {
  mkdirSync(extracted, { recursive: true });
  vi.spyOn(console, 'log').mockImplementation(() => {});
});

afterAll(() => {
  rmSync(extracted, { recursive: true, force: true });
  vi.restoreAllMocks();
});

describe('the code in README and guides runs', () => {
  it('is found', () => {
    expect(examples.length).toBeGreaterThan(5);
  });

  it.each(examples)('$name', { timeout: 120_000 }, async ({ name, code }) => {
    const file = `${extracted}${name.replace(/\W+/g, '-')}.ts`;
    writeFileSync(file, code);
    await import(/* @vite-ignore */ file);
  });
});
