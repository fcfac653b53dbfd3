import { describe, expect, it } from 'vitest';
import { selectNames } from './select-names';

describe('selectNames', () => {
  it('leaves plain names alone', () => {
    const { names, notes, siblings } = selectNames(['G.a', 'E.modules.b']);
    expect([...names]).toEqual([
      ['G.a', 'G.a'],
      ['E.modules.b', 'E.modules.b'],
    ]);
    expect(notes).toEqual([]);
    expect(siblings).toEqual([]);
  });

  it('removes what parallel training and averaging put in front', () => {
    const { names, notes } = selectNames(['module.G.a', 'n_averaged']);
    expect([...names.values()]).toEqual(['G.a', 'n_averaged']);
    expect(notes).toEqual(['prefix module. removed']);
  });

  it('removes nothing where two names would become one', () => {
    const { names, notes } = selectNames(['module.a', 'a']);
    expect([...names.values()]).toEqual(['module.a', 'a']);
    expect(notes).toEqual([]);
  });

  it('takes the generator of stage 2 and names the rest', () => {
    const { names, notes, siblings } = selectNames([
      'generatorS1.G.a',
      'generator.G.a',
      'discriminator.model0.w',
      'discriminator.model1.w',
      'step',
    ]);
    expect([...names]).toEqual([['generator.G.a', 'G.a']]);
    expect(notes).toEqual(['prefix generator. selected']);
    expect(siblings).toEqual(['generatorS1', 'discriminator', 'step']);
  });

  it('takes the generator of stage 1 where there is no other, also when wrapped', () => {
    const { names, notes } = selectNames(['module.generatorS1.E.a', 'module.evaluator.b']);
    expect([...names]).toEqual([['module.generatorS1.E.a', 'E.a']]);
    expect(notes).toEqual(['prefix module. removed', 'prefix generatorS1. selected']);
  });
});
