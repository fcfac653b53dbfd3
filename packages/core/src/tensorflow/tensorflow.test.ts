import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const file = new URL('../../dist/tensorflow/node.cjs', import.meta.url);
// In CI a missing build must fail.
const built = existsSync(file) || process.env.CI === 'true';

/** By Node itself: the test runner would give names that Node does not find. */
const comparison = `
  const sooner = await import('@diffir/core/tensorflow');
  const itself = await import('@tensorflow/tfjs-core');
  const names = Object.keys(itself).filter((name) => name !== 'module.exports');
  const differing = names.filter((name) => !(name in sooner) || sooner[name] !== itself[name]);
  console.log(JSON.stringify({ names: names.length, differing }));`;

describe.skipIf(!built)(`TensorFlow.js as Node loads it${built ? '' : ' (skipped: run the build)'}`, () => {
  it('has every name, and is the very module that plugins import', () => {
    const options = ['--input-type=module', '--eval', comparison];
    const cwd = fileURLToPath(new URL('.', import.meta.url));
    const { names, differing } = JSON.parse(
      execFileSync(process.execPath, options, { cwd, encoding: 'utf8' }),
    );
    expect(differing).toEqual([]);
    expect(names).toBeGreaterThan(400);
  });
});
