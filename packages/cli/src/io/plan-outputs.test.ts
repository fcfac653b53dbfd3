import { join, resolve } from 'node:path';
import { OptionError } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import type { FoundInputs } from './find-inputs';
import { type OutputOptions, planOutputs } from './plan-outputs';

const cwd = resolve('/work');

function inputs(...places: string[]): FoundInputs {
  const files = places.map((place) => ({ path: resolve(cwd, 'in', place), name: `in/${place}`, place }));
  return { files, failures: [], fromFolder: false };
}

function plan(found: FoundInputs, options: Partial<OutputOptions> & { output: string }) {
  const { jobs, failures } = planOutputs(found, { cwd, isFolder: false, ...options });
  return {
    outputs: jobs.map(({ outputName, format }) => `${outputName} ${format}`),
    paths: jobs.map(({ output }) => output),
    problems: failures.map(({ error }) => (error instanceof Error ? error.message : '')),
  };
}

describe('planOutputs to a file', () => {
  it('takes the format from its name', () => {
    const { outputs, paths } = plan(inputs('a.png'), { output: 'b.v2.JPG' });
    expect(outputs).toEqual(['b.v2.JPG jpeg']);
    expect(paths).toEqual([resolve(cwd, 'b.v2.JPG')]);
  });

  it.each([
    ['several inputs', inputs('a.png', 'b.png'), { output: 'out.png' }],
    ['a folder as input', { ...inputs('a.png'), fromFolder: true }, { output: 'out.png' }],
    ['a format that contradicts', inputs('a.png'), { output: 'out.png', wanted: { format: 'jpeg' } }],
    ['a suffix', inputs('a.png'), { output: 'out.png', wanted: { suffix: '_x' } }],
    ['a format that is only read', inputs('a.png'), { output: 'out.gif' }],
    ['the input itself', inputs('a.png'), { output: 'in/a.png' }],
  ] as const)('refuses %s', (_, found, options) => {
    expect(() => plan(found, options)).toThrow(OptionError);
  });

  it('lets its name win over defaults, which are for folders', () => {
    const defaults = { format: 'png', suffix: '_x' } as const;
    expect(plan(inputs('a.png'), { output: 'out.jpg', defaults }).outputs).toEqual(['out.jpg jpeg']);
  });

  it('may be the input itself when that is wanted', () => {
    expect(plan(inputs('a.png'), { output: 'in/a.png', overwrite: true }).outputs).toEqual(['in/a.png png']);
  });
});

describe('planOutputs to a folder', () => {
  it('names results like their inputs, dots and all, and keeps subfolders', () => {
    const found = inputs('a.v2.JPEG', join('deep', 'b.tif'));
    expect(plan(found, { output: 'out' }).outputs).toEqual([
      `${join('out', 'a.v2.JPEG')} jpeg`,
      `${join('out', 'deep', 'b.tif')} tiff`,
    ]);
  });

  it('is what a name without an image extension, with a separator behind it, or of a folder means', () => {
    for (const options of [
      { output: 'out' },
      { output: 'out.png/' },
      { output: 'out.png', isFolder: true },
    ]) {
      const { outputs } = plan(inputs('a.png'), options);
      expect(outputs).toEqual([`${join(options.output, 'a.png')} png`]);
    }
  });

  it('changes the extension with the format, and adds the suffix', () => {
    const wanted = { format: 'webp', suffix: '_restored' } as const;
    expect(plan(inputs('a.v2.jpg', 'b.gif', 'c.2024'), { output: 'o', wanted }).outputs).toEqual([
      `${join('o', 'a.v2_restored.webp')} webp`,
      `${join('o', 'b_restored.webp')} webp`,
      `${join('o', 'c.2024_restored.webp')} webp`,
    ]);
  });

  it('fails inputs whose format cannot be written, and goes on with the rest', () => {
    const { outputs, problems } = plan(inputs('a.gif', 'b', 'c.png'), { output: 'out' });
    expect(outputs).toEqual([`${join('out', 'c.png')} png`]);
    expect(problems).toEqual([
      'in/a.gif: diffir does not write .gif files; choose one with --format',
      'in/b: its name does not say which format; choose one with --format',
    ]);
  });

  it('refuses two results of one name, naming both inputs', () => {
    const found = inputs('a.png', 'a.jpg');
    const wanted = { format: 'png' } as const;
    expect(() => plan(found, { output: 'out', wanted })).toThrow(
      /both in\/a.png and in\/a.jpg would be written/,
    );
  });

  it('refuses to replace another input, whatever the options, and its own without being told', () => {
    expect(() => plan(inputs('a.png'), { output: 'in' })).toThrow(/it is the input in\/a.png itself/);
    expect(plan(inputs('a.png'), { output: 'in', overwrite: true }).outputs).toHaveLength(1);
    const crossed = inputs('a.png', 'a_x.png');
    const wanted = { suffix: '_x' } as const;
    expect(() => plan(crossed, { output: 'in', overwrite: true, wanted })).toThrow(
      /the result of in\/a.png would replace the input in\/a_x.png/,
    );
  });

  it('refuses a suffix that leads elsewhere', () => {
    expect(() => plan(inputs('a.png'), { output: 'out', wanted: { suffix: '/../x' } })).toThrow(OptionError);
  });
});
