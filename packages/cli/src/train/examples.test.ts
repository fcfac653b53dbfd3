import { readdirSync, readFileSync } from 'node:fs';
import { checkTrainingConfig } from '@diffir/training';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { addTrain } from '../commands/train/command';

const root = new URL('../../../../', import.meta.url);
const folder = new URL('examples/train/', root);

describe('the example configurations', () => {
  it.each(readdirSync(folder).filter((name) => name.endsWith('.yaml')))('%s is right', (name) => {
    const { problems } = checkTrainingConfig(parse(readFileSync(new URL(name, folder), 'utf8')));
    expect(problems).toEqual([]);
  });
});

describe('the training guide', () => {
  const guide = readFileSync(new URL('docs/guides/train.md', root), 'utf8');

  it('names every setting', () => {
    const { problems } = checkTrainingConfig({
      unknown: 1,
      data: { unknown: 1 },
      validation: { unknown: 1 },
      losses: {
        unknown: 1,
        pixel: { unknown: 1 },
        perceptual: { unknown: 1 },
        adversarial: { unknown: 1 },
        r1: { unknown: 1 },
        lpips: { unknown: 1 },
      },
    });
    const known = problems.flatMap(
      (problem) => /unknown setting; known: (.*)/.exec(problem)?.[1]?.split(', ') ?? [],
    );
    expect(known.length).toBeGreaterThan(40);
    expect(known.filter((name) => !new RegExp(`\\b${name}\\b`).test(guide))).toEqual([]);
  });

  it('names every option', () => {
    const program = new Command();
    addTrain(program, () => {});
    const options = program.commands.flatMap((command) => command.options.map(({ long }) => long ?? ''));
    expect(options).toContain('--resume');
    expect(options.filter((option) => !guide.includes(option))).toEqual([]);
  });
});
