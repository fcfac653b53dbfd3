import { ImageError } from '@diffir/core';
import { describe, expect, it } from 'vitest';
import { formatError } from './format-error';

describe('formatError', () => {
  it('is one line, with the stack of the error and its cause only for debugging', () => {
    const error = new ImageError({ subject: 'a.png', problem: 'broken', cause: new TypeError('the\ncause') });
    expect(formatError(error, { debug: false })).toBe('diffir: a.png: broken');
    const shown = formatError(error, { debug: true });
    expect(shown).toContain('format-error.test');
    expect(shown).toContain('TypeError: the\ncause');
  });

  it('says of errors that are not ours that they are unexpected', () => {
    expect(formatError(new TypeError('x\ny'), { debug: false })).toBe(
      'diffir: unexpected error: x y; --debug shows where',
    );
    expect(formatError('text', { debug: false })).toBe('diffir: unexpected error: text; --debug shows where');
  });
});
