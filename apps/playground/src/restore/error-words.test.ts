import { CheckpointError, DiffIRError, OutOfMemoryError, UnknownIdError } from '@diffir/web';
import { describe, expect, it } from 'vitest';
import { errorWords } from './error-words';

describe('an error in plain words', () => {
  it('says what happened, what is wrong and what to do', () => {
    const error = new CheckpointError({
      subject: 'mine.pth',
      problem: 'ends in the middle',
      remedy: 'download it again',
    });
    expect(errorWords(error)).toEqual({
      title: 'This model file can’t be read',
      detail: 'mine.pth: ends in the middle.',
      remedy: 'Download it again.',
    });
  });

  it('gives advice of its own only where the error has none', () => {
    expect(errorWords(new OutOfMemoryError({ problem: 'no room' }))).toEqual({
      title: 'There isn’t enough memory',
      detail: 'No room.',
      remedy: 'Close other tabs or take a smaller photo.',
    });
    const advised = new OutOfMemoryError({ problem: 'no room', remedy: 'take tiles' });
    expect(errorWords(advised).remedy).toBe('Take tiles.');
    expect(errorWords(new CheckpointError({ problem: 'damaged' }))).not.toHaveProperty('remedy');
  });

  it('knows kinds of errors by their class, the rest of the library’s by none', () => {
    expect(errorWords(new UnknownIdError('backend', 'x', ['a'])).title).toMatch(/doesn’t exist/);
    expect(errorWords(new DiffIRError({ problem: 'odd' })).title).toBe('That didn’t work');
  });

  it('shows what nobody foresaw', () => {
    expect(errorWords(new TypeError('x is undefined'))).toMatchObject({
      title: 'Something unexpected went wrong',
      detail: 'X is undefined.',
    });
    expect(errorWords('odd').detail).toBe('Odd.');
  });
});
