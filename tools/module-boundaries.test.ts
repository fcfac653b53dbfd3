import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What the import-direction rule says of a file in `folder` that imports `target`. */
async function complaints(folder: string, target: string): Promise<string[]> {
  const eslint = new ESLint({ cwd: root });
  const code = `import * as target from '${target}';\nexport const used = target;\n`;
  const results = await eslint.lintText(code, { filePath: `${root}/packages/${folder}/src/probe.ts` });
  return results.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId ?? 'no rule'));
}

const RULE = '@nx/enforce-module-boundaries';

describe('import direction between packages', () => {
  beforeAll(() => {
    // The rule reads nx's project graph from its cache and passes everything where there is none.
    execFileSync('npx', ['nx', 'show', 'projects'], {
      cwd: root,
      env: { ...process.env, NX_DAEMON: 'false' },
    });
  });

  it.each([
    ['core', '@diffir/models'],
    ['core', '@diffir/backend-wasm'],
    ['models', '@diffir/tasks'],
    ['models', '@diffir/backend-cpu'],
    ['tasks', 'diffir'],
    ['backends/wasm', '@diffir/models'],
    ['backends/webgpu', '@diffir/backend-wasm'],
  ])('refuses %s importing %s', async (folder, target) => {
    expect(await complaints(folder, target)).toContain(RULE);
  });

  it.each([
    ['models', '@diffir/core'],
    ['tasks', '@diffir/models'],
    ['backends/wasm', '@diffir/core'],
    ['cli', '@diffir/backend-webgpu'],
  ])('allows %s importing %s', async (folder, target) => {
    expect(await complaints(folder, target)).toEqual([]);
  });
});
